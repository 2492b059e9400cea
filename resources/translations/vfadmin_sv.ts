<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="sv" sourcelanguage="en">
<context>
    <name>Acceptance</name>
    <message numerus="yes">
        <source>Another mailbox or calendar stands behind the login of %n person(s).</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Reading both calendars to see what would happen…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accept the mailbox</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What would happen cannot be shown, so the mailbox cannot be accepted now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events on both sides already: {matched}
To create: {create_exchange} in Exchange, {create_valueframe} in ValueFrame
To change: {update_exchange} in Exchange, {update_valueframe} in ValueFrame
To delete: {delete_exchange} in Exchange, {delete_valueframe} in ValueFrame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If it is the wrong mailbox, cancel and correct the login.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ActionBar</name>
    <message>
        <source>Selected person</source>
        <translation>Vald person</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>The database is not open.</source>
        <translation>Databasen är inte öppen.</translation>
    </message>
    <message>
        <source>The previous change is still being made.</source>
        <translation>Den föregående ändringen pågår ännu.</translation>
    </message>
    <message>
        <source>Select a person first.</source>
        <translation>Välj först en person.</translation>
    </message>
    <message>
        <source>Synchronisation does not run in this window.</source>
        <translation>Synkroniseringen körs inte i det här fönstret.</translation>
    </message>
    <message>
        <source>The integration is switched off for this customer; support switches it.</source>
        <translation>Integrationen är avstängd för den här kunden; supporten slår på den.</translation>
    </message>
    <message>
        <source>All synchronisation has been stopped; let it go on in the Problems view.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No connection to Exchange has been set; support sets it.</source>
        <translation>Ingen anslutning till Exchange har angetts; supporten anger den.</translation>
    </message>
    <message>
        <source>No connection to Office 365 (Graph) has been set; support sets it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No connection to an own server (EWS) has been set; support sets it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The selected active mailboxes go by Graph already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The selected active mailboxes go by EWS already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None of the selected integrations is active.</source>
        <translation>Ingen av de valda integrationerna är aktiv.</translation>
    </message>
    <message>
        <source>None of the selected integrations is passive or unused.</source>
        <translation>Ingen av de valda integrationerna är passiv eller oanvänd.</translation>
    </message>
    <message>
        <source>None of the selected persons has a login.</source>
        <translation>Ingen av de valda personerna har en inloggning.</translation>
    </message>
    <message>
        <source>None of the selected integrations has stopped on an error.</source>
        <translation>Ingen av de valda integrationerna har stannat på ett fel.</translation>
    </message>
    <message>
        <source>None of the selected persons has an integration.</source>
        <translation>Ingen av de valda personerna har en integration.</translation>
    </message>
    <message>
        <source>Select one person.</source>
        <translation>Välj en person.</translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Removing an account cannot be undone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resuming cannot be undone; passivate instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was changed in a person&apos;s form is changed back there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mailboxes that were moved are moved back: select them, and Move back to EWS or Move to Graph.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Synchronise now</source>
        <translation>Synkronisera nu</translation>
    </message>
    <message>
        <source>Sync now</source>
        <translation>Synkronisera</translation>
    </message>
    <message>
        <source>Preview activation</source>
        <translation>Förhandsgranska aktivering</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Förhandsgranska</translation>
    </message>
    <message>
        <source>Activate</source>
        <translation>Aktivera</translation>
    </message>
    <message>
        <source>Passivate</source>
        <translation>Passivera</translation>
    </message>
    <message>
        <source>Resume from error</source>
        <translation>Återuppta efter fel</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Återuppta</translation>
    </message>
    <message>
        <source>Show all stopped by the same cause</source>
        <translation>Visa alla som stoppats av samma orsak</translation>
    </message>
    <message>
        <source>Move to Graph…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move back to EWS…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove Exchange account</source>
        <translation>Ta bort Exchange-kontot</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Ta bort</translation>
    </message>
    <message>
        <source>Open person</source>
        <translation>Öppna personen</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation type="unfinished">Redigera</translation>
    </message>
    <message>
        <source>Preview synchronisation…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save a diagnosis for support…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit login</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo the last change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished">Kopiera</translation>
    </message>
    <message>
        <source>Copy with headings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export to a file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search</source>
        <translation type="unfinished">Sök</translation>
    </message>
    <message>
        <source>From the search field into the results</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit the login, or press the button of the row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make the column wider or narrower</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take back what was typed, clear the search, close a dialog</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select all rows found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Menu of the selected persons</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show or hide the selected person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>Uppdatera</translation>
    </message>
    <message>
        <source>Process what waits for a decision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Process…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Skip what waits for a decision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Skip…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore what was deleted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to persons</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to the import</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a list to import</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to what is stuck</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to support</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to the log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Help and guide</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AftermathWatch</name>
    <message numerus="yes">
        <source>%n work(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stopped again</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n try again by themselves</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n still to come</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Put back to work: {total}. {said}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AlertFields</name>
    <message>
        <source>Save first where an alert goes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The alerts were saved. Send a test alert now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No alerts are sent any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A test alert was sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stored; type to replace it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not stored yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Webhook</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mail to administrators</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sender</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mail server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Account of the mail server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Password of the mail server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Certificate authority file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An address that begins with https. It is kept in the keyring.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Addresses of administrators, with commas between them. Addresses of users are refused.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only where the server&apos;s certificate is not known to this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the alerts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send a test alert</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop the alerts</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Asking</name>
    <message>
        <source>The list has no column of logins.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no connection to Exchange yet. Support sets it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asking Exchange stopped. {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asking Exchange: {done} / {total} logins</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asking Exchange</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asking Exchange is being stopped</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>The Exchange integration is switched off for this customer: nothing is synchronised. Persons and integrations can be managed all the same. Support switches it on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All synchronisation has been stopped: nothing is synchronised on any computer. Once the reason is known, go on in the Problems view.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No connection to Exchange has been set: nothing is synchronised. Support sets it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The secret of the connection {name} expired on {day}: support enters a new one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The secret of the connection {name} expires on {day}: support enters a new one before that.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BasicTab</name>
    <message>
        <source>ValueFrame ID</source>
        <translation>ValueFrame-ID</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;E-mail</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Company</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mobile sync</source>
        <translation>Mobilsynkronisering</translation>
    </message>
    <message>
        <source>&amp;Active in ValueFrame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A person who becomes inactive is passivated; nothing is deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Resource (room or device)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not in use</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CalendarDialog</name>
    <message>
        <source>Counting what would move and what would stay…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is the calendar that is in use now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No event has been synchronised with the present calendar.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) that came from ValueFrame move to the other calendar.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) created in Outlook stay in the present calendar. They are kept on both sides but not synchronised any more.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Synchronisation goes on in the other calendar at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The integration is activated, as the events move when it is synchronised.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change the calendar of {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In use now: the mailbox&apos;s default calendar.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In use now: the calendar {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The mailbox&apos;s &amp;default calendar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A calendar of its &amp;own, named</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the calendar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What would happen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Change the calendar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Avbryt</translation>
    </message>
</context>
<context>
    <name>CalendarsTab</name>
    <message>
        <source>In &amp;ValueFrame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Both calendars side by side</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CalmPage</name>
    <message>
        <source>Nothing is stuck.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No integration has stopped or waits to try again. What stops later is listed here.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CauseDiagnosis</name>
    <message numerus="yes">
        <source>Of the selected mailboxes, else of the first %n of the cause.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Diagnosis…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CausePicker</name>
    <message>
        <source>{message} · {code} · {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select all {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All causes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cause of the error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select every row found (Ctrl+A in the list)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CheckList</name>
    <message>
        <source>In order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not in order</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Checks</name>
    <message>
        <source>Name</source>
        <translation>Namn</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address of EWS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ways to sign in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign-in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Server version</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Integration login</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name (sign-in)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connection (sign-in)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Encryption (sign-in)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Certificate (sign-in)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tenant</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Application&apos;s sign-in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Graph&apos;s answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Permissions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mailbox</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Impersonation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calendar</source>
        <translation>Kalender</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Port {found} answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Valid until {found}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Can be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Off by {found}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Column</name>
    <message>
        <source>State</source>
        <translation>Läge</translation>
    </message>
    <message>
        <source>AS</source>
        <translation>AS</translation>
    </message>
    <message>
        <source>ActiveSync</source>
        <translation>ActiveSync</translation>
    </message>
    <message>
        <source>ID</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>ValueFrame ID</source>
        <translation>ValueFrame-ID</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Namn</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-post</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>Inloggning</translation>
    </message>
    <message>
        <source>Last synchronised</source>
        <translation>Senast synkroniserad</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Redigera</translation>
    </message>
    <message>
        <source>Activate or passivate</source>
        <translation>Aktivera eller passivera</translation>
    </message>
</context>
<context>
    <name>ColumnChooser</name>
    <message>
        <source>Columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore the columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Widen {column}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Narrow {column}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit {column} to the rows in sight</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ColumnsPanel</name>
    <message>
        <source>The headings are in row {row} of the sheet {sheet}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The columns are taken as {actor} corrected them in the list {file}, {date}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Forget these corrections</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recognises the columns by their headings again, here and in later lists</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Say what each column is; a column that is not used changes nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Column {title}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Compare</name>
    <message>
        <source>Differs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only in ValueFrame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only in Exchange</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Added to ValueFrame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Added to Exchange</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Brought to ValueFrame: {fields}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taken to Exchange: {fields}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deleted from ValueFrame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deleted from Exchange</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Marked in ValueFrame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Marked in Exchange</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changed on both sides: ValueFrame wins.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changed on both sides: Exchange wins.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing to do</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is written; the pair is noted down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put right by a complete check</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waits for an administrator&apos;s decision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fails for now, tried again later</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A write was cut off: the next sync finds out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left as it is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too far ahead, synchronised later</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Past, stays as it is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not synchronised any more, stays as it is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing to do: Exchange shows it in its own way</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not known: could not be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The next synchronisation does this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exchange has not reported this change. An ordinary sync does not see it; a complete check does: vfadmin sync --verify.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>So many events would be deleted at once that an administrator decides first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changing the event on either side tries it again at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The next synchronisation first looks whether the write arrived, then goes on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One of the calendars cannot show it, so nothing is written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writing it again would change nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At the earliest {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waits for a decision: {what}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By a complete check: {what}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(no title)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Differs: {fields}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CompareFilters</name>
    <message>
        <source>All</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Equal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Title or location</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter by title or location</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ComparePage</name>
    <message>
        <source>Reading both calendars: {done} / {total} events</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) copied.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Reading both calendars…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read {time}; nothing was written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An event has been changed since: refresh.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The integration is not at work ({state}): this is what would be done if it were.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The next synchronisation is the first: events on both sides are joined.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading was stopped. Refresh begins anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no events in either calendar.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No event matches the filters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Both calendars side by side</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The event field by field</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How it will be resolved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CompareTable</name>
    <message>
        <source>Difference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In ValueFrame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In Exchange</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How it will be resolved</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ConnectionFields</name>
    <message>
        <source>Not stored yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stored; type to replace it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keyring cannot be asked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>TLS 1.2 or newer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That of 2010 too</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Address of EWS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address of &amp;Graph</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Impersonation account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Client &amp;secret or passphrase</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Si&amp;gn-in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Server &amp;version</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Certificate authority file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>T&amp;LS profile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Tenant</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Application &amp;ID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Certificate of the app&amp;lication</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Secret &amp;expires</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address of the sig&amp;n-in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For instance https://mail.example.com/EWS/Exchange.asmx</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>DOMAIN\account or account@example.com; it has the role ApplicationImpersonation.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is kept in this computer&apos;s keyring and nowhere else.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only where the server&apos;s certificate is not known to this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That of 2010 only for a server that cannot do TLS 1.2. It concerns this address alone, and the certificate is verified all the same.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For instance example.onmicrosoft.com, or the tenant&apos;s ID.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of the app registration in Entra; it has the application permission Calendars.ReadWrite.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A PFX file that a passphrase protects. Leave it empty to sign in with a client secret.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The client secret&apos;s last day, for instance 2027-01-31; a certificate says so itself. Everybody is told a month ahead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>https://graph.microsoft.com/v1.0 unless the tenant is in a national cloud.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>https://login.microsoftonline.com unless the tenant is in a national cloud.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only where a firewall looks into the traffic with a certificate of its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask the server</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Copier</name>
    <message numerus="yes">
        <source>%n row(s) copied.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CriteriaBar</name>
    <message>
        <source>Search: {text}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Company: {company}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cause: {code}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{shown} of {everybody}</source>
        <translation>{shown} av {everybody}</translation>
    </message>
    <message>
        <source>Name, e-mail, login or ID</source>
        <translation>Namn, e-post, inloggning eller ID</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Sök</translation>
    </message>
    <message>
        <source>Search by name, e-mail, login or ID (Ctrl+F)</source>
        <translation>Sök på namn, e-post, inloggning eller ID (Ctrl+F)</translation>
    </message>
    <message>
        <source>Company</source>
        <translation>Bolag</translation>
    </message>
    <message>
        <source>All companies</source>
        <translation>Alla bolag</translation>
    </message>
    <message>
        <source>Also inactive persons</source>
        <translation>Även inaktiva personer</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Rensa</translation>
    </message>
    <message>
        <source>Clear all criteria</source>
        <translation>Rensa alla villkor</translation>
    </message>
    <message>
        <source>Show only these; several can be chosen</source>
        <translation>Visa bara dessa; flera kan väljas</translation>
    </message>
    <message>
        <source>Mobile sync</source>
        <translation>Mobilsynkronisering</translation>
    </message>
    <message>
        <source>Show only persons who use ActiveSync or SyncML</source>
        <translation>Visa bara personer som använder ActiveSync eller SyncML</translation>
    </message>
    <message>
        <source>Rows found, of all persons and resources</source>
        <translation>Hittade rader, av alla personer och resurser</translation>
    </message>
</context>
<context>
    <name>Deciding</name>
    <message>
        <source>Waiting for the mailbox…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Storing decisions…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Diagnosing</name>
    <message>
        <source>The previous diagnosis is still being made.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>diagnosis</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Save the diagnosis of %n mailbox(es)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Save the diagnosis</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Collecting the diagnosis. This takes some minutes at most; work goes on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Collecting the diagnosis of %n mailbox(es). Work goes on.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Diagnosis: checking the connection…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Diagnosis: comparing the calendars…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Diagnosis: writing the file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled: no file was written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The diagnosis was written to the file {file}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It has no passwords and no texts of events in it, and may be sent to support.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder could not be opened.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Doing</name>
    <message>
        <source>Remove Exchange account</source>
        <translation>Ta bort Exchange-kontot</translation>
    </message>
    <message>
        <source>Remove and take events out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The previous change is still being made.</source>
        <translation>Den föregående ändringen pågår ännu.</translation>
    </message>
    <message>
        <source>{name}: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DryRunDialog</name>
    <message>
        <source>Preview of the synchronisation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is what the next synchronisation would do. The preview writes nothing anywhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the next synchronisation would do with each person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What would be done to the events of the person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop reading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read {done} / {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To be created: {to_valueframe} in ValueFrame, {to_exchange} in Exchange. To be changed: {changed}. To be deleted: {deleted}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DryRunTable</name>
    <message>
        <source>Stopped on an error: this is what happens once it is resumed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not at work: this is what happens once it is activated</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n operation(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing to do</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>EmptyState</name>
    <message>
        <source>Opening the database…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No persons yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Persons come from ValueFrame, or from a spreadsheet with Import.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No person matches the criteria</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try a shorter word, or clear the criteria.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear the criteria</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove some of the filters, or clear the criteria.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No integration has stopped on an error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear the criteria to see everybody again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The database is out of reach</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Försök igen</translation>
    </message>
    <message>
        <source>Code {code}</source>
        <translation>Kod {code}</translation>
    </message>
    <message>
        <source>Go to Import</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Event</name>
    <message>
        <source>Free</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tentative</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Busy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Out of office</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Working elsewhere</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Location</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ends</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reminder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Private</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Acknowledged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Linked persons</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recurrence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No reminder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When it starts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} d before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} h before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} min before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{day}, all day</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>EventDialog</name>
    <message>
        <source>A change is made to all of the series. Its times are not changed here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Created {created}, changed {modified}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{field}: now {stored}, in this form {typed}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;Retry&quot; takes the stored data; then make your change again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The event was changed elsewhere meanwhile. Nothing was saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>yes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Location</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>T&amp;ime</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recurs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>T&amp;ype</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sh&amp;ow as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Reminder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Te&amp;xt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Linked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Private</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of a private event only its time is shown here once it is saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Acknowledged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Spara</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Avbryt</translation>
    </message>
</context>
<context>
    <name>EventTable</name>
    <message>
        <source>(no title)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>from {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>owner {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n linked</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>not acknowledged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Location</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>EventTimes</name>
    <message>
        <source>All &amp;day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ends</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The time zone of the event</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>EventsTab</name>
    <message>
        <source>owner {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} (acknowledged)</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n link(s) to customers and contacts</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The event was saved. The next synchronisation takes it to Exchange.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The event was saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete the event &quot;{title}&quot;?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(no title)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete the event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All of the series is deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is deleted for everybody who is linked to it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The next synchronisation deletes it from Exchange, too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The event was deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select an event first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of a private event only its time is shown. Its owner edits it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Earlier days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Later days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First day shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many days are shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events in ValueFrame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 week</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>2 weeks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>4 weeks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>3 months</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>T&amp;oday</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A&amp;dd event…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Edit…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>De&amp;lete…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no events on these days.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ExchangeTab</name>
    <message>
        <source>Activate Exchange integration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passivate</source>
        <translation>Passivera</translation>
    </message>
    <message>
        <source>Resume from error</source>
        <translation>Återuppta efter fel</translation>
    </message>
    <message>
        <source>Enter the login first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation>Läge</translation>
    </message>
    <message>
        <source>&amp;Login</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calendar</source>
        <translation>Kalender</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Login</source>
        <translation>Inloggning</translation>
    </message>
    <message>
        <source>An e-mail address for Office 365, DOMAIN\user for an own server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The mailbox&apos;s &amp;default calendar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A ne&amp;w calendar named</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the new calendar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove Exchange account</source>
        <translation>Ta bort Exchange-kontot</translation>
    </message>
    <message>
        <source>&amp;Preview…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change the &amp;calendar…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last synchronised {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When the calendar is changed, the events from ValueFrame move along.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The calendar can be changed once the integration is resumed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A resource&apos;s own events are not synchronised, only links to it.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Exporter</name>
    <message>
        <source>The previous file is still being written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to export: no person was found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Export %n person(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Persons</source>
        <translation type="unfinished">Personer</translation>
    </message>
    <message>
        <source>Writing {done} / {total} to the file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled: no file was written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n person(s) written to the file {file}.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FieldTable</name>
    <message>
        <source>{field}: differs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Field</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In ValueFrame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In Exchange</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Both, once resolved</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Files</name>
    <message>
        <source>Choose the list to import</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait until what is going on is done, or cancel it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read another list?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cells that were edited and the rows that were left out by hand are lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read the other list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The database is not open. Try again when it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read the list again?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cells that were edited are lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import list.xlsx</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save an empty list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{list}, report.xlsx</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file {file} was saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo the import of {file}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changed persons get their former data back and added ones are removed. Whoever has been changed or synchronised since is left and named.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo the import</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FilterPills</name>
    <message>
        <source>Filters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove the filter {filter}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Filters</name>
    <message>
        <source>Show only these; several can be chosen</source>
        <translation type="unfinished">Visa bara dessa; flera kan väljas</translation>
    </message>
    <message>
        <source>{chosen} / {good} rows chosen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose all rows that are shown and not rejected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave out all rows that are shown</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Foot</name>
    <message numerus="yes">
        <source>%n person(s) will be added.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n person(s) will be changed.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n integration(s) will be activated.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new company(s): {names}.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The chosen rows change nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) are rejected.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) are left out.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing has been written yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Also acti&amp;vate those who have a login</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Re&amp;ject rows that would add a company</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As&amp;k Exchange</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asks whether the mailbox of each chosen row is there and may be used; writes nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>&amp;Import %n row(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Ca&amp;ncel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Forgetting</name>
    <message>
        <source>This history holds no texts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove the texts from the history of this person?</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Titles, locations and texts are removed for good from %n operation(s). Times and reasons stay, and so do both calendars. These runs can then not be undone any more.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Remove texts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Removing the texts. Work goes on meanwhile.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>The texts of %n operation(s) were removed.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Head</name>
    <message numerus="yes">
        <source>%n row(s) in the sheet {sheet}.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>A list of mobile devices: it says who has one, and changes nothing else.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Columns as they were corrected for such a list before.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Columns that are not used: {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Co&amp;lumns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show what each column of the list is taken for, and correct it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Save report…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saves the rows with verdict and reason as they are now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Choose another file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Problems</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who synchronises…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HeldPage</name>
    <message numerus="yes">
        <source>%n not stored.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Process selected ({count})…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Skip selected ({count})…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore selected ({count})…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Process all ({count})…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Skip all ({count})…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore what lost…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore all ({count})…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let stand ({count})…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing waits in this mailbox.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select one conflict: what is put back of it is shown first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only a deletion of a person&apos;s own event can be undone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This does not fit any of the rows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unusually many deletions and events that do not succeed wait for you; all else goes on. Process does what waits, Skip leaves what is left as it is, Restore undoes the deletions. Conflicts are settled already: let the outcome stand, or restore what lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mailboxes that wait for a decision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What waits in the mailbox</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HelpWindow</name>
    <message>
        <source>In the guide</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Help: guide</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Help: {code}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Help: errors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Find:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A code, or words of a message or of the guide</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find an error or a chapter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;All errors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Guide</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished">Stäng</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished">Kopiera</translation>
    </message>
</context>
<context>
    <name>HistoryActions</name>
    <message>
        <source>&amp;Undo the run…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore &amp;lost content…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove te&amp;xts from the history…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows first what would be taken back, and what not</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Puts back what lost when both sides were changed; shown first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Removes titles, locations and texts for good; asks first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a run first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run is not finished.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run changed nothing, so there is nothing to undo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a run and select an event that was changed on both sides.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HistoryTab</name>
    <message>
        <source>Reading…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run goes on, or it was cut off; the next one finishes what is open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{requests} requests to Exchange in {seconds} s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run, change, event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why, who</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs and what each did, and changes by hand, newest first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Detaljer</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Diagnosis…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saves into one file what support needs about this mailbox</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No run has touched this mailbox yet.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ImportField</name>
    <message>
        <source>ValueFrame ID</source>
        <translation type="unfinished">ValueFrame-ID</translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished">Namn</translation>
    </message>
    <message>
        <source>First name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation type="unfinished">E-post</translation>
    </message>
    <message>
        <source>Company</source>
        <translation type="unfinished">Bolag</translation>
    </message>
    <message>
        <source>Login</source>
        <translation type="unfinished">Inloggning</translation>
    </message>
    <message>
        <source>Calendar</source>
        <translation type="unfinished">Kalender</translation>
    </message>
    <message>
        <source>Calendar name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Activate</source>
        <translation type="unfinished">Aktivera</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mobile sync</source>
        <translation type="unfinished">Mobilsynkronisering</translation>
    </message>
    <message>
        <source>Mobile device</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ImportPhrases</name>
    <message>
        <source>The import was cancelled. Nothing was written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The undo was cancelled. The import stands as it was.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking the list was cancelled. Nothing was written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file {file} has been changed since it was read. This is the list as it is now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The rows are being checked. Look at the verdicts, then import.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asking Exchange was stopped. What was answered is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n mailbox(es) found that may be used.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) rejected because of the mailbox.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n login(s) got no certain answer.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing to ask: the mailboxes of the chosen rows have been found, or they have no login.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server was busy or did not answer; ask again in a moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Correct the logins in the list, or leave the rows as they are: they change nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n changed person(s) have their former data again.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n added person(s) are gone.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n person(s) were left as they are.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Somebody or something has touched them since; see the details.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ImportRemedy</name>
    <message>
        <source>Add a row with the headings of the columns at the top of the list (ValueFrame ID, Name, E-mail, Company, Login). The empty list has them ready.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The latest imports stand below the place to drop a list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing needs to be done.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ImportRow</name>
    <message>
        <source>{field}: {new}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{field}: {old} → {new}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Row {row}: {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mailbox found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mailbox uncertain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exchange: the mailbox {mailbox} is there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exchange: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That is not certain; ask again in a moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>activated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>will be activated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing to change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Column {column}: {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Column {column}: empty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The integration will be activated.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The integration was activated.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ImportScreen</name>
    <message>
        <source>Rows of the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The row in full</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ImportTable</name>
    <message>
        <source>empty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the list: {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What changes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Now: {old}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ImportValue</name>
    <message>
        <source>default calendar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>new calendar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>resource</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not in use</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ImportVerdict</name>
    <message>
        <source>Add</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unchanged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Added</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>IncidentBar</name>
    <message>
        <source>Show the report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished">Kopiera</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close the message</source>
        <translation type="unfinished">Stäng meddelandet</translation>
    </message>
    <message>
        <source>An unexpected error occurred in vfadmin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>vfadmin closed unexpectedly the last time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>vfadmin was not closed in order the last time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What you were doing may not have been completed: check it, and try again if need be.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything saved before is there, and synchronisation goes on where it was.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The computer may have been switched off, or the program ended by force. Everything saved before is there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A report could not be saved, but it can be copied here. Nothing was sent anywhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder could not be opened. The report is here: {path}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A report was saved on this computer. Nothing was sent anywhere.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>InfoBar</name>
    <message>
        <source>Code {code}</source>
        <translation>Kod {code}</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Försök igen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopiera</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Detaljer</translation>
    </message>
    <message>
        <source>Close the message</source>
        <translation>Stäng meddelandet</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Meddelande</translation>
    </message>
</context>
<context>
    <name>Interior</name>
    <message>
        <source>Closing after the write in hand…</source>
        <translation>Stänger efter den pågående skrivningen…</translation>
    </message>
</context>
<context>
    <name>KeysDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished">Stäng</translation>
    </message>
    <message>
        <source>Selected persons</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search and results</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for a decision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>or</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LatestImports</name>
    <message>
        <source>Latest imports</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{created} added, {updated} changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>undone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo the import of {file}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Loader</name>
    <message>
        <source>Checking {done} / {total} rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading {file}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking the rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Importing {percent} %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undoing {percent} %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writing {file}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Log</name>
    <message>
        <source>Debug</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Info</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Warning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Error</source>
        <translation type="unfinished">Fel</translation>
    </message>
    <message>
        <source>Critical</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Level</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Message</source>
        <translation type="unfinished">Meddelande</translation>
    </message>
    <message>
        <source>Part of the program</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LogScreen</name>
    <message>
        <source>The log cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check that you may read the file {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{shown} / {total} entries</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No entry of the log matches.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The log has no entries yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder could not be opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The log is here: {path}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text in the log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All levels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without debugging</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Warnings and errors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Errors only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Level</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished">Kopiera</translation>
    </message>
    <message>
        <source>Copies the selected entries, or all that are shown if none is selected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The whole entry</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LongJobs</name>
    <message numerus="yes">
        <source>%n mailbox(es) synchronised.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed; the person&apos;s row says why.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MoveDialog</name>
    <message numerus="yes">
        <source>%n mailbox(es) go by Graph now.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n mailbox(es) go by EWS now.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n could not be moved; the row says why.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Stopped before the rest.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move back to EWS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move to Graph</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the move would come to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>M&amp;ove marked ({count})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mark those who are to be moved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Take back ({count})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Have those moved here go by Graph again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Have those moved here go by EWS again; possible while EWS answers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These mailboxes go on being synchronised over EWS instead of Microsoft Graph.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These mailboxes go on being synchronised over Microsoft Graph instead of EWS.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The events stay as they are: the move creates 0, changes 0 and deletes 0 of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n of the selected are there already and not shown.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Read {done} / {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Moving {done} / {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of {pairs} events {translated} were found by identifier and {matched} by content; {missing} are missing.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MoveTable</name>
    <message>
        <source>Goes by Graph now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Goes by EWS now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waits for its turn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking for the events…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Can be moved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waits to be moved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waits to be taken back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taken back: goes by Graph</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taken back: goes by EWS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events</source>
        <translation type="unfinished">Händelser</translation>
    </message>
    <message>
        <source>By identifier</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By content</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Standing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Marked persons are moved. Space marks the selected rows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events that are synchronised now and go along.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events whose new identifier Office 365 tells.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events known by ValueFrame&apos;s key, their UID, or a start, end and title that exist once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events that were not found. Such a mailbox stays where it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was found, and what became of the move.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Navigation</name>
    <message>
        <source>Screens</source>
        <translation type="unfinished">Vyer</translation>
    </message>
    <message>
        <source>Persons</source>
        <translation type="unfinished">Personer</translation>
    </message>
    <message>
        <source>Import</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Problems</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished">Inställningar</translation>
    </message>
    <message>
        <source>Support</source>
        <translation type="unfinished">Support</translation>
    </message>
    <message>
        <source>Log</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NewTroubles</name>
    <message numerus="yes">
        <source>Synchronisation stopped for %n mailbox(es).</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n mailbox(es) have not been synchronised for long.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Open Problems to see what to do.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OpenDialog</name>
    <message>
        <source>Spreadsheets and lists</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OperationTable</name>
    <message>
        <source>(no title)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left as it is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What would be done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PasswordDialog</name>
    <message>
        <source>Cancel</source>
        <translation type="unfinished">Avbryt</translation>
    </message>
    <message>
        <source>Protected list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The list {file} is protected by a password. It is used once, to read the list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That password does not open the list. Check it and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PauseButton</name>
    <message>
        <source>Stop all synchronisation on all computers?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is being written now is finished, then nothing is synchronised until somebody lets it go on. Nothing is deleted, and what changes meanwhile is synchronised then.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop everything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let synchronisation go on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop everything…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PersonForm</name>
    <message>
        <source>{field}: now {stored}, in this form {typed}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Somebody else changed this person meanwhile. Nothing was saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the stored data, then make your change again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Avbryt</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Stäng</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Namn</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-post</translation>
    </message>
    <message>
        <source>Company</source>
        <translation>Bolag</translation>
    </message>
    <message>
        <source>Active in ValueFrame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resource</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Login</source>
        <translation>Inloggning</translation>
    </message>
    <message>
        <source>Calendar</source>
        <translation>Kalender</translation>
    </message>
    <message>
        <source>Name of the calendar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Basic data</source>
        <translation>Grunduppgifter</translation>
    </message>
    <message>
        <source>Exchange synchronisation</source>
        <translation>Exchange-synkronisering</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Händelser</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Historik</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Spara</translation>
    </message>
    <message>
        <source>Take the stored data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parts of the form</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Persons</name>
    <message>
        <source>enter login</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>links only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>resource</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>inactive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click to enter the login.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not in use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>empty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter the login first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The person is inactive in ValueFrame.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events that wait: {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection has failed since {time}. Trying again by itself; nothing needs to be done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The integration is on and working.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The integration was switched off by hand.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The integration stopped on an error.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The integration has not been activated.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A resource&apos;s own events are not synchronised, only its links to other people&apos;s events. That is why there is no time here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is in use. Using it together with the Exchange integration is possible but not recommended: the same events may travel along two ways.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last used {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Source: entered by hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Source: the list {file}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Source: an imported list</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Phrases</name>
    <message numerus="yes">
        <source>%n person(s) activated.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n person(s) passivated.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n person(s) resumed.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The Exchange account of %n person(s) removed.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The removal of %n Exchange account(s) has begun.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The activation of %n person(s) was undone. What was synchronised meanwhile stays in both calendars.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The passivation of %n person(s) was undone.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The former login of %n person(s) is back.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n already were so.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n left as they are.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n refused.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Cancelled before the rest.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>And %n more.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Undo: activate %n person(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Undo: passivate %n person(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Undo: change of a login</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Activating {done} / {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passivating {done} / {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resuming {done} / {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Removing {done} / {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undoing {done} / {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{rows}, %n selected</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Remove the Exchange account of {name}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Remove the Exchange account of %n person(s)?</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Removing an account cannot be undone. Synchronisation ends at once. No event is deleted from either calendar, and the login stays entered. After a new activation the calendars are matched from the beginning.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) came to the mailbox from ValueFrame. &quot;Remove and take events out&quot; moves them to its Deleted Items, in the background. What somebody has edited in Outlook stays.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PreviewDialog</name>
    <message>
        <source>The previous change is still being made.</source>
        <translation>Den föregående ändringen pågår ännu.</translation>
    </message>
    <message>
        <source>Preview before activation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the first synchronisation would do</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop reading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Activate marked ({count})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mark those who are to be activated.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is what the first synchronisation would do. The preview writes nothing into the calendars.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Begin with a few: the first {count} are marked. Go on with the others when these are active.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n of the selected are active already and not shown.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Read {done} / {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n activated wait for the first synchronisation.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>In both calendars already: {matched}. To be created: {to_valueframe} in ValueFrame, {to_exchange} in Exchange.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PreviewTable</name>
    <message>
        <source>Waits for its turn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading both calendars…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Can be activated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Active, delayed: trying again by itself</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Activated, waits for its first synchronisation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Active</source>
        <translation>Aktiv</translation>
    </message>
    <message>
        <source>Active, synchronised {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On both sides</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To ValueFrame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To Exchange</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deleted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Standing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Marked persons are activated. Space marks the selected rows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events that are in both calendars already; they are joined, not copied.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events that would be created in ValueFrame.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events that would be created in Exchange.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events in which a detail would be changed on either side.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events that would be deleted on either side.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was found, and how those stand who were activated.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Question</name>
    <message>
        <source>Cancel</source>
        <translation>Avbryt</translation>
    </message>
</context>
<context>
    <name>Questions</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Let the outcome of %n conflict(s) stand?</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Let stand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is written in either calendar. What lost stays in the history of the mailbox for as long as the history is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Leave %n event(s) as they are?</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Skip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was deleted on one side stays on the other, and its later edits stay there. What failed is tried again when somebody edits it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Write %n deleted event(s) back?</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Restore</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The next sync writes them, as they are on the other side now, where they were deleted. Nobody is sent mail.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Process %n event(s)?</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Process</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To delete: {valueframe} in ValueFrame, {exchange} in Exchange
To try again: {again}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The next sync does it. An event that is edited before that is not deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>The outcome of %n conflict(s) stands.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) left as they are.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The next sync restores %n event(s).</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The next sync processes %n event(s).</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReadingDialog</name>
    <message>
        <source>Progress</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Read again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ReportCard</name>
    <message>
        <source>The import is done: {created} added, {updated} changed, {unchanged} unchanged, {activated} activated, {rejected} rejected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rejected rows changed nothing; the report says why, row by row.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) were left out.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Save report…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Undo the import…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import &amp;another list</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>Report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is the whole report. Passwords and other secrets have been removed. If you want support to look into it, send it yourself: vfadmin sends nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the &amp;log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished">Stäng</translation>
    </message>
</context>
<context>
    <name>RuleWords</name>
    <message>
        <source>By the rule {rule}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{every}: {days}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{every}, {day}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>every %n day(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>every %n week(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>every %n month(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>every %n year(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>on the last day of the month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on day {day}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{day} in {month}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MMMM d</source>
        <comment>a date without its year</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the first {day}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the second {day}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the third {day}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the fourth {day}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the last {day}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>weekday</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>day of the weekend</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Monday to Friday</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>, %n time(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>, until {date}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Runs</name>
    <message>
        <source>added to ValueFrame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>added to Exchange</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>changed in ValueFrame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>changed in Exchange</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>deleted from ValueFrame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>deleted from Exchange</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>restored in ValueFrame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>restored in Exchange</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>moved to another calendar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stays behind, not synchronised</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in conflict</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>joined</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>held back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>set aside</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>left as it was</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>new</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>edited</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>changed on both sides</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the same event on both sides</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>deleted on the other side</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a held deletion that an administrator let through</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a held deletion that an administrator undid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an edit outweighs a deletion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a duplicate of our own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a participant&apos;s change, put back to the owner&apos;s version</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a meeting with invited people: in Office 365 only Outlook can change it without mail to them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cannot be shown on the other side</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waits for an administrator</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fails for now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a difference found by verifying</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>taken out at the removal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a run was undone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>another calendar was chosen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the same identifier (UID) as another event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a recurrence that the other side cannot express</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a time zone that the other side does not know for all years of the series: choose a usual one, such as Helsinki, or begin a new series</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an occurrence in the hour that comes twice when clocks go back, of which Outlook knows only the first: choose another time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ValueFrame&apos;s interface does not let it be changed: the change stays in Exchange</source>
        <translation>ValueFrames gränssnitt tillåter inte ändringen: den finns kvar endast i Exchange</translation>
    </message>
    <message>
        <source>failed, {code}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not finished</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no changes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>yes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} brought</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} deleted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} in conflict</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} skipped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(no title)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SettingsScreen</name>
    <message>
        <source>The settings were saved.</source>
        <translation>Inställningarna sparades.</translation>
    </message>
    <message>
        <source>This window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events, for everybody</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Synchronisation, for everybody</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When many events would be deleted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>History, for everybody</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New versions, for everybody</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ValueFrame stays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exchange stays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Spara</translation>
    </message>
    <message>
        <source>Discard changes</source>
        <translation>Förkasta ändringarna</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Språk</translation>
    </message>
    <message>
        <source>&amp;Notify of new problems</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Default event type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Old events, days back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Coming events, months &amp;ahead</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Linked &amp;persons</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Unacknowledged as tentative</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If both sides &amp;changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Interval, minutes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Share of a calendar, per cent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At l&amp;east, events</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At &amp;most, events</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;History is kept, days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tell of ne&amp;w versions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A notification, when something stops while the window is in the background.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The type of events that arrive from Exchange. A change affects everybody&apos;s events that arrive from then on; existing events keep theirs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What ended earlier is not transferred.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What begins later is transferred when its time comes nearer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An event is in the Outlook calendar of everybody linked to it, and whoever is invited in Outlook is linked to it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In Outlook, what a participant has not acknowledged is tentative until he has.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whose version stays when the same detail was changed on both sides. The other one is kept in history.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How often a calendar is looked at when nothing else tells of a change.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If more than this would be deleted from one calendar within a day, the deletions wait for an administrator; everything else goes on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>So many deletions a day go through in any calendar.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More than this a day never goes through without an administrator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From {least} to {most} days. What is older is removed for good: a run can then no more be undone, nor what lost a conflict be restored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every open window asks the publisher once a day whether there is a newer version. Nothing is downloaded or installed. Where the network is closed, take this away.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SortMenus</name>
    <message>
        <source>Sort by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Then by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{column}, descending</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{column}, ascending</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>Import persons and logins from a list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop a spreadsheet here, or choose a file: Excel, OpenDocument or CSV with a row of headings. Every row is checked and shown to you before anything is written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is written while the list is read and checked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A cancel leaves the import as it was.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Code {code}</source>
        <translation type="unfinished">Kod {code}</translation>
    </message>
    <message>
        <source>&amp;Choose a file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Save an empty list…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>State</name>
    <message>
        <source>Active</source>
        <translation>Aktiv</translation>
    </message>
    <message>
        <source>Passive</source>
        <translation>Passiv</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fel</translation>
    </message>
    <message>
        <source>Unused</source>
        <translation>Oanvänd</translation>
    </message>
    <message>
        <source>Delayed</source>
        <translation>Fördröjd</translation>
    </message>
    <message>
        <source>{state}, {count} waiting</source>
        <translation>{state}, {count} väntar</translation>
    </message>
</context>
<context>
    <name>StateFilter</name>
    <message>
        <source>Active</source>
        <translation>Aktiv</translation>
    </message>
    <message>
        <source>Passive</source>
        <translation>Passiv</translation>
    </message>
    <message>
        <source>In error</source>
        <translation>I fel</translation>
    </message>
    <message>
        <source>Unused</source>
        <translation>Oanvänd</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message numerus="yes">
        <source>%n worker(s) synchronise</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Show who synchronises</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Avbryt</translation>
    </message>
    <message>
        <source>Stop after the current writes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Fortsätt</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Paus</translation>
    </message>
    <message>
        <source>While paused, only what is asked for is synchronised</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Synchronising {done} / {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This window stands by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Synchronisation paused</source>
        <translation>Synkroniseringen är pausad</translation>
    </message>
    <message>
        <source>Waiting for changes</source>
        <translation>Väntar på ändringar</translation>
    </message>
    <message>
        <source>No connection to Exchange</source>
        <translation>Ingen anslutning till Exchange</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in use</source>
        <translation>i bruk</translation>
    </message>
    <message>
        <source>Connection {name}: {state}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Integration on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Integration off</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Summary</name>
    <message>
        <source>Selected person</source>
        <translation>Vald person</translation>
    </message>
    <message>
        <source>Latest runs</source>
        <translation>Senaste körningar</translation>
    </message>
    <message numerus="yes">
        <source>%n persons are selected.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Select a person to see how they are doing.</source>
        <translation>Välj en person för att se läget.</translation>
    </message>
    <message>
        <source>never</source>
        <translation>aldrig</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Läge</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>Inloggning</translation>
    </message>
    <message>
        <source>not entered</source>
        <translation>inte angiven</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Default calendar</source>
        <translation>Standardkalender</translation>
    </message>
    <message>
        <source>Calendar</source>
        <translation>Kalender</translation>
    </message>
    <message>
        <source>Own events</source>
        <translation>Egna händelser</translation>
    </message>
    <message>
        <source>Not synchronised, links only</source>
        <translation>Synkroniseras inte, bara länkar</translation>
    </message>
    <message>
        <source>Last success</source>
        <translation>Senast lyckad</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Väntar</translation>
    </message>
    <message numerus="yes">
        <source>%n event(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Next run</source>
        <translation>Nästa körning</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>i bruk</translation>
    </message>
    <message>
        <source>{state}, since {time}</source>
        <translation>{state}, sedan {time}</translation>
    </message>
    <message>
        <source>when resumed</source>
        <translation>när den återupptas</translation>
    </message>
    <message>
        <source>when activated</source>
        <translation>när den aktiveras</translation>
    </message>
</context>
<context>
    <name>SupportScreen</name>
    <message>
        <source>Save the connection first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Switch the Exchange integration off for this customer?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is synchronised until it is switched on again, and every window says so. Nothing is deleted, and what changes meanwhile is synchronised then.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Switch off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The integration was switched on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The integration was switched off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The integration is on: calendars are synchronised.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The integration is off: nothing is synchronised.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Switch off…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Switch on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection was saved. Check it now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection is in order.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check of the connection {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The report is on the clipboard.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the connection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exchange integration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connection to Exchange</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alerts to administrators</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>P&amp;rotocol</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Own server (EWS)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Spara</translation>
    </message>
    <message>
        <source>Discard changes</source>
        <translation>Förkasta ändringarna</translation>
    </message>
    <message>
        <source>Copy the report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Person&apos;s ID, if wanted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ID of a person whose mailbox is checked too</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Tabs</name>
    <message>
        <source>Stuck</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for a decision ({count})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is stuck, and what waits for a decision</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TickDialog</name>
    <message>
        <source>&amp;Mark all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Unmark all</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TickTable</name>
    <message>
        <source>Total</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Time</name>
    <message>
        <source>just now</source>
        <translation>alldeles nyss</translation>
    </message>
    <message>
        <source>{count} min ago</source>
        <translation>för {count} min sedan</translation>
    </message>
    <message>
        <source>today {clock}</source>
        <translation>i dag {clock}</translation>
    </message>
    <message>
        <source>yesterday {clock}</source>
        <translation>i går {clock}</translation>
    </message>
    <message>
        <source>at the next round</source>
        <translation>vid nästa varv</translation>
    </message>
    <message>
        <source>in less than a minute</source>
        <translation>om mindre än en minut</translation>
    </message>
    <message>
        <source>in {count} min</source>
        <translation>om {count} min</translation>
    </message>
</context>
<context>
    <name>TroubleCard</name>
    <message>
        <source>Synchronisation stopped {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delayed since {time}, trying again by itself</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Code {code}</source>
        <translation>Kod {code}</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Försök nu</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Återuppta</translation>
    </message>
    <message>
        <source>Show alike</source>
        <translation>Visa liknande</translation>
    </message>
    <message>
        <source>Show everybody whom the same cause has stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopiera</translation>
    </message>
</context>
<context>
    <name>Troubles</name>
    <message>
        <source>Cause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trying again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Since</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{message} · {code}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To be deleted from {side}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Perhaps added to {side}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Does not succeed in {side}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another mailbox behind the login</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Conflict: {side} lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Processed by the next sync</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restored by the next sync</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changed on both sides: {fields}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished">Namn</translation>
    </message>
    <message>
        <source>Company</source>
        <translation type="unfinished">Bolag</translation>
    </message>
    <message>
        <source>Deletions / limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Others</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Conflicts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decided</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What waits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why, or what was decided</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Login</source>
        <translation type="unfinished">Inloggning</translation>
    </message>
    <message>
        <source>Next try</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last success</source>
        <translation type="unfinished">Senast lyckad</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waits for you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waits for the connection {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tries again by itself</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>never</source>
        <translation type="unfinished">aldrig</translation>
    </message>
    <message>
        <source>Computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Began</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last heard of</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Version</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mailboxes/min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Worker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{kind}, about to end</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TroublesScreen</name>
    <message>
        <source>The previous change is still being made.</source>
        <translation type="unfinished">Den föregående ändringen pågår ännu.</translation>
    </message>
    <message>
        <source>Putting back to work…</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n stopped</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n trying again</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Resume all ({count})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume selected ({count})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None of them waits for you: they try again by themselves.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show in the search view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Causes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Persons whom the cause concerns</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Undo</name>
    <message>
        <source>The former content is put back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The copy is deleted from ValueFrame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The copy is deleted from Exchange</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The deleted event comes back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The former content was put back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The copy was deleted from ValueFrame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The copy was deleted from Exchange</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The deleted event came back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stays as it is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Is back already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it was changed after the run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is another person&apos;s event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>only Outlook can change it without sending mail</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it waits for an administrator or another try</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>more deletions than the guard lets through</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the history does not hold its former content</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the write failed; the newest run in the history says why</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>UndoDialog</name>
    <message>
        <source>Delete more than the guard lets through?</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n copy(ies) made by the run are deleted; in Exchange they go to Deleted Items. The events they were made of stay, and nobody gets mail.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Undo and delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) are as before the run.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>What lost is back in %n event(s).</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n were so already.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stay as they are; the row says why.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Stopped before the rest.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore lost content</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo a run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events of the run and what becomes of each</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>&amp;Delete also %n copy(ies) that the guard against mass deletions keeps</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Res&amp;tore ({count})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Undo ({count})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing can be taken back now; the rows say why.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writing {done} / {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Puts back what the run ({time}) took from the loser of the conflict, in both calendars.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped. Read again to see what would be taken back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takes back what the run ({time}) did in both calendars, where nothing has changed since.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is written before you say so, and nobody gets mail.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading both calendars…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taken back: {undone}. Back already: {already}. Left: {left}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>UndoTable</name>
    <message>
        <source>Waits for its turn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not reached: stays as it is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the run did</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What becomes of it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>UpdateBar</name>
    <message>
        <source>A new version {version} is available</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The browser could not be opened. The page is here: {page}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the page of the new version in the browser</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Don&apos;t remind me</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Say no more of this version on this computer</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ViewPicker</name>
    <message>
        <source>No views have been saved yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Save this view…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Delete a view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save this view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The criteria and the order are kept in this window under the name:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished">Spara</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished">Avbryt</translation>
    </message>
    <message>
        <source>Saved views: choose one, or save the present criteria</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved views</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WorkersDialog</name>
    <message>
        <source>Waiting: {due} · Changed: {changed} · At work: {held} · Mailboxes a minute: {pace}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who synchronises</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Processes that synchronise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing synchronises just now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As long as a worker is alive the windows synchronise only what is asked for in them. A process that was not heard of for 45 seconds is not listed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished">Stäng</translation>
    </message>
</context>
</TS>
