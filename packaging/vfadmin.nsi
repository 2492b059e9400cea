; The installer of vfadmin for Windows 10 and 11 (64 bits). packaging/windows.py hands in VERSION, NUMBERS (1.2.3.0),
; PROGRAM (the frozen program's folder), KIBIBYTES (its size), OUT and ICON; see packaging/README.md for the switches.
Unicode true
Target amd64-unicode
ManifestDPIAware true
!ifdef QUICKLY
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 32
!endif
; The same files make the same installer, whenever they were written.
SetDateSave off
RequestExecutionLevel highest

!include MUI2.nsh
!include LogicLib.nsh
!include FileFunc.nsh
!include nsDialogs.nsh

!define NAME "vfadmin"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${NAME}"
!define RUN_KEY "Software\Microsoft\Windows\CurrentVersion\Run"
!define MARK "vfadmin-cli.exe"
; By this file beside the program nobody is asked for newer versions; see vfadmin/services/updates/publisher.py.
!define LEFT_OFF "no-update-check"

Name "${NAME}"
OutFile "${OUT}"
BrandingText "${NAME} ${VERSION}"
InstallDir ""
AllowSkipFiles off
ShowInstDetails nevershow
ShowUninstDetails nevershow

VIProductVersion "${NUMBERS}"
VIAddVersionKey /LANG=1033 "ProductName" "${NAME}"
VIAddVersionKey /LANG=1033 "FileDescription" "${NAME} installer"
VIAddVersionKey /LANG=1033 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=1033 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=1033 "CompanyName" "${NAME}"
VIAddVersionKey /LANG=1033 "LegalCopyright" "Apache License 2.0"

!ifdef SIGN
  !uninstfinalize '${SIGN} "%1"' = 0
!endif

Var Everybody      ; 1: for every user of the machine, which takes an administrator's rights
Var Admin
Var AutoStart
Var NoUpdateCheck
Var RemoveData
Var RemoveSecrets
Var Control
Var Control2

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!insertmacro MUI_PAGE_WELCOME
Page custom AskWho TakeWho
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_FUNCTION StartIt
!insertmacro MUI_PAGE_FINISH

!insertmacro MUI_UNPAGE_CONFIRM
UninstPage custom un.AskWhat un.TakeWhat
!insertmacro MUI_UNPAGE_INSTFILES

!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "Finnish"

!macro TEXT name english finnish
  LangString ${name} ${LANG_ENGLISH} "${english}"
  LangString ${name} ${LANG_FINNISH} "${finnish}"
!macroend
!insertmacro TEXT WHO_TITLE "Who will use it?" "Kuka ohjelmaa käyttää?"
!insertmacro TEXT WHO_SUB "For you alone it needs no administrator." "Vain sinulle asentaminen ei vaadi järjestelmänvalvojaa."
!insertmacro TEXT WHO_ME "Only me" "Vain minä"
!insertmacro TEXT WHO_ALL "Everybody on this computer" "Kaikki tämän tietokoneen käyttäjät"
!insertmacro TEXT AUTOSTART "Start vfadmin when I sign in" "Käynnistä vfadmin, kun kirjaudun sisään"
!insertmacro TEXT NOT_ADMIN "Installing for everybody needs an administrator. Run the installer as one, or install for yourself alone." "Kaikille asentaminen vaatii järjestelmänvalvojan oikeudet. Suorita asennus järjestelmänvalvojana tai asenna vain itsellesi."
!insertmacro TEXT RUNNING "vfadmin is running. Close its window and whatever uses the program, and try again." "vfadmin on käynnissä. Sulje sen ikkuna ja muu, mikä ohjelmaa käyttää, ja yritä uudelleen."
!insertmacro TEXT NOT_OURS "This folder has other files in it. Choose an empty folder or one with vfadmin in it." "Kansiossa on muita tiedostoja. Valitse tyhjä kansio tai kansio, jossa vfadmin jo on."
!insertmacro TEXT NOT_UPGRADED "vfadmin is installed, but its database was not brought up to date. It tries again when you start it, and says what is wrong." "vfadmin on asennettu, mutta sen tietokantaa ei saatu ajan tasalle. Ohjelma yrittää uudelleen, kun käynnistät sen, ja kertoo, mikä on vialla."
!insertmacro TEXT WHAT_TITLE "What is to be removed?" "Mitä poistetaan?"
!insertmacro TEXT WHAT_SUB "The program goes in any case." "Ohjelma poistetaan joka tapauksessa."
!insertmacro TEXT WHAT_DATA "My data too: the database, its copies, logs and settings" "Myös tietoni: tietokanta, sen kopiot, lokit ja asetukset"
!insertmacro TEXT WHAT_SECRETS "My passwords of vfadmin in the Credential Manager" "vfadminin salasanani Windowsin tunnistetietojen hallinnasta"
!insertmacro TEXT NO_SECRETS "The passwords could not be removed from the Credential Manager. Remove those whose name ends in vfadmin there by hand." "Salasanoja ei saatu poistettua tunnistetietojen hallinnasta. Poista sieltä käsin ne, joiden nimen lopussa on vfadmin."

!macro SCOPE
  ${If} $Everybody == 1
    SetShellVarContext all
  ${Else}
    SetShellVarContext current
  ${EndIf}
!macroend

!macro ADMIN
  UserInfo::GetAccountType
  Pop $Admin
!macroend

; $0 becomes 1 where a program of ours is in use: Windows lets nobody write to it then.
!macro IN_USE
  StrCpy $0 0
  ${If} ${FileExists} "$INSTDIR\vfadmin.exe"
    ClearErrors
    FileOpen $1 "$INSTDIR\vfadmin.exe" a
    ${If} ${Errors}
      StrCpy $0 1
    ${Else}
      FileClose $1
    ${EndIf}
  ${EndIf}
  ${If} ${FileExists} "$INSTDIR\vfadmin-cli.exe"
    ClearErrors
    FileOpen $1 "$INSTDIR\vfadmin-cli.exe" a
    ${If} ${Errors}
      StrCpy $0 1
    ${Else}
      FileClose $1
    ${EndIf}
  ${EndIf}
!macroend

Function .onInit
  SetRegView 64
  !insertmacro ADMIN
  StrCpy $Everybody 0
  StrCpy $AutoStart 0
  StrCpy $NoUpdateCheck 0
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/ALLUSERS" $R1
  ${IfNot} ${Errors}
    StrCpy $Everybody 1
  ${EndIf}
  ClearErrors
  ${GetOptions} $R0 "/AUTOSTART" $R1
  ${IfNot} ${Errors}
    StrCpy $AutoStart 1
  ${EndIf}
  ClearErrors
  ${GetOptions} $R0 "/NOUPDATECHECK" $R1
  ${IfNot} ${Errors}
    StrCpy $NoUpdateCheck 1
  ${EndIf}
  ${If} $Everybody == 1
  ${AndIf} $Admin != "Admin"
    MessageBox MB_OK|MB_ICONSTOP "$(NOT_ADMIN)" /SD IDOK
    SetErrorLevel 5
    Quit
  ${EndIf}
  Call Place
  ; An upgrade goes on starting it where it was started; the page can take that away.
  !insertmacro SCOPE
  ReadRegStr $R1 SHCTX "${RUN_KEY}" "${NAME}"
  ${If} $R1 != ""
    StrCpy $AutoStart 1
  ${EndIf}
FunctionEnd

; The folder: the one said with /D, else where it is installed already, else where such programs belong.
Function Place
  ${If} $INSTDIR != ""
    Return
  ${EndIf}
  ${If} $Everybody == 1
    ReadRegStr $INSTDIR HKLM "${UNINSTALL_KEY}" "InstallLocation"
    ${If} $INSTDIR == ""
      StrCpy $INSTDIR "$PROGRAMFILES64\${NAME}"
    ${EndIf}
  ${Else}
    ReadRegStr $INSTDIR HKCU "${UNINSTALL_KEY}" "InstallLocation"
    ${If} $INSTDIR == ""
      StrCpy $INSTDIR "$LOCALAPPDATA\Programs\${NAME}"
    ${EndIf}
  ${EndIf}
FunctionEnd

; By way of the desktop: what an installer starts itself has an administrator's rights where the installer has them.
Function StartIt
  Exec '"$WINDIR\explorer.exe" "$INSTDIR\vfadmin.exe"'
FunctionEnd

Function AskWho
  !insertmacro MUI_HEADER_TEXT "$(WHO_TITLE)" "$(WHO_SUB)"
  nsDialogs::Create 1018
  Pop $0
  ${NSD_CreateRadioButton} 0 0 100% 12u "$(WHO_ME)"
  Pop $0
  ${NSD_CreateRadioButton} 0 16u 100% 12u "$(WHO_ALL)"
  Pop $Control
  ${NSD_CreateCheckBox} 0 40u 100% 12u "$(AUTOSTART)"
  Pop $Control2
  ${If} $Everybody == 1
    ${NSD_Check} $Control
  ${Else}
    ${NSD_Check} $0
  ${EndIf}
  ${If} $AutoStart == 1
    ${NSD_Check} $Control2
  ${EndIf}
  ${If} $Admin != "Admin"
    EnableWindow $Control 0
  ${EndIf}
  nsDialogs::Show
FunctionEnd

Function TakeWho
  StrCpy $1 $Everybody
  ${NSD_GetState} $Control $Everybody
  ${NSD_GetState} $Control2 $AutoStart
  ${If} $1 != $Everybody
    StrCpy $INSTDIR ""
    Call Place
  ${EndIf}
FunctionEnd

Section "program"
  SetRegView 64
  !insertmacro SCOPE

  again:
  !insertmacro IN_USE
  ${If} $0 == 1
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(RUNNING)" /SD IDCANCEL IDRETRY again
    SetErrorLevel 6
    Abort
  ${EndIf}

  ; Of the former version nothing stays, or a module that moved would be found at its old place. Whatever is in a
  ; folder without our program is somebody else's.
  ${If} ${FileExists} "$INSTDIR\${MARK}"
    RMDir /r "$INSTDIR\_internal"
    RMDir /r "$INSTDIR\licenses"
  ${Else}
    ${If} ${FileExists} "$INSTDIR\*.*"
      ${DirState} "$INSTDIR" $0
      ${If} $0 == 1
        MessageBox MB_OK|MB_ICONSTOP "$(NOT_OURS)" /SD IDOK
        SetErrorLevel 7
        Abort
      ${EndIf}
    ${EndIf}
  ${EndIf}

  SetOutPath "$INSTDIR"
  File /r "${PROGRAM}\*.*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  ; What was left off once stays off: an upgrade does not take the file away.
  ${If} $NoUpdateCheck == 1
    FileOpen $0 "$INSTDIR\${LEFT_OFF}" w
    FileClose $0
  ${EndIf}

  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\vfadmin.exe"
  ${If} $AutoStart == 1
    WriteRegStr SHCTX "${RUN_KEY}" "${NAME}" '"$INSTDIR\vfadmin.exe"'
  ${Else}
    DeleteRegValue SHCTX "${RUN_KEY}" "${NAME}"
  ${EndIf}

  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayName" "${NAME}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\vfadmin.exe"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "Publisher" "${NAME}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "EstimatedSize" ${KIBIBYTES}
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoRepair" 1

  ; A database of the former version is brought up to date now, with a copy of what it was; those of other users at
  ; their first start.
  ${If} $Everybody == 0
  ${AndIf} ${FileExists} "$LOCALAPPDATA\${NAME}\vfadmin.db"
    nsExec::ExecToLog '"$INSTDIR\vfadmin-cli.exe" db upgrade'
    Pop $0
    ${If} $0 != 0
      MessageBox MB_OK|MB_ICONEXCLAMATION "$(NOT_UPGRADED)" /SD IDOK
    ${EndIf}
  ${EndIf}
SectionEnd

Function un.onInit
  SetRegView 64
  !insertmacro ADMIN
  StrCpy $RemoveData 0
  StrCpy $RemoveSecrets 0
  StrCpy $Everybody 0
  ReadRegStr $R1 HKLM "${UNINSTALL_KEY}" "InstallLocation"
  ${If} $R1 == $INSTDIR
    StrCpy $Everybody 1
    ${If} $Admin != "Admin"
      MessageBox MB_OK|MB_ICONSTOP "$(NOT_ADMIN)" /SD IDOK
      SetErrorLevel 5
      Quit
    ${EndIf}
  ${EndIf}
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/REMOVEDATA" $R1
  ${IfNot} ${Errors}
    StrCpy $RemoveData 1
  ${EndIf}
  ClearErrors
  ${GetOptions} $R0 "/REMOVESECRETS" $R1
  ${IfNot} ${Errors}
    StrCpy $RemoveSecrets 1
  ${EndIf}
FunctionEnd

Function un.AskWhat
  !insertmacro MUI_HEADER_TEXT "$(WHAT_TITLE)" "$(WHAT_SUB)"
  nsDialogs::Create 1018
  Pop $0
  ${NSD_CreateCheckBox} 0 0 100% 12u "$(WHAT_DATA)"
  Pop $Control
  ${NSD_CreateCheckBox} 0 16u 100% 12u "$(WHAT_SECRETS)"
  Pop $Control2
  ${If} $RemoveData == 1
    ${NSD_Check} $Control
  ${EndIf}
  ${If} $RemoveSecrets == 1
    ${NSD_Check} $Control2
  ${EndIf}
  nsDialogs::Show
FunctionEnd

Function un.TakeWhat
  ${NSD_GetState} $Control $RemoveData
  ${NSD_GetState} $Control2 $RemoveSecrets
FunctionEnd

Section "Uninstall"
  SetRegView 64
  !insertmacro SCOPE
  again:
  !insertmacro IN_USE
  ${If} $0 == 1
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(RUNNING)" /SD IDCANCEL IDRETRY again
    SetErrorLevel 6
    Abort
  ${EndIf}

  ; The names of the passwords are in the database, so they go before it does.
  ${If} $RemoveSecrets == 1
    nsExec::ExecToLog '"$INSTDIR\vfadmin-cli.exe" forget-secrets'
    Pop $0
    ${If} $0 != 0
      MessageBox MB_OK|MB_ICONEXCLAMATION "$(NO_SECRETS)" /SD IDOK
    ${EndIf}
  ${EndIf}

  RMDir /r "$INSTDIR\_internal"
  RMDir /r "$INSTDIR\licenses"
  Delete "$INSTDIR\vfadmin.exe"
  Delete "$INSTDIR\vfadmin-cli.exe"
  Delete "$INSTDIR\sbom.cdx.json"
  Delete "$INSTDIR\NOTICE.txt"
  Delete "$INSTDIR\${LEFT_OFF}"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"

  Delete "$SMPROGRAMS\${NAME}.lnk"
  DeleteRegKey SHCTX "${UNINSTALL_KEY}"
  ReadRegStr $R1 SHCTX "${RUN_KEY}" "${NAME}"
  ${If} $R1 == '"$INSTDIR\vfadmin.exe"'
    DeleteRegValue SHCTX "${RUN_KEY}" "${NAME}"
  ${EndIf}

  ; Data are the user's who uninstalls, wherever the program was.
  ${If} $RemoveData == 1
    SetShellVarContext current
    RMDir /r "$LOCALAPPDATA\${NAME}"
    DeleteRegKey HKCU "Software\${NAME}"
  ${EndIf}
SectionEnd
