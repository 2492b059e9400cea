<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fi" sourcelanguage="en">
<context>
    <name>Acceptance</name>
    <message numerus="yes">
        <source>Another mailbox or calendar stands behind the login of %n person(s).</source>
        <translation>
            <numerusform>%n henkilön integraatiotunnuksen takana on eri postilaatikko tai kalenteri kuin ennen.</numerusform>
            <numerusform>%n henkilön integraatiotunnusten takana on eri postilaatikko tai kalenteri kuin ennen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Reading both calendars to see what would happen…</source>
        <translation>Luetaan molempia kalentereita, jotta nähdään, mitä tapahtuisi…</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Tarkista uudelleen</translation>
    </message>
    <message>
        <source>Accept the mailbox</source>
        <translation>Hyväksy postilaatikko</translation>
    </message>
    <message>
        <source>What would happen cannot be shown, so the mailbox cannot be accepted now.</source>
        <translation>Ei voida näyttää, mitä tapahtuisi, joten postilaatikkoa ei voi nyt hyväksyä.</translation>
    </message>
    <message>
        <source>Events on both sides already: {matched}
To create: {create_exchange} in Exchange, {create_valueframe} in ValueFrame
To change: {update_exchange} in Exchange, {update_valueframe} in ValueFrame
To delete: {delete_exchange} in Exchange, {delete_valueframe} in ValueFrame</source>
        <translation>Molemmissa kalentereissa on jo: {matched}
Luotavia: Exchangeen {create_exchange}, ValueFrameen {create_valueframe}
Muutettavia: Exchangessa {update_exchange}, ValueFramessa {update_valueframe}
Poistettavia: Exchangesta {delete_exchange}, ValueFramesta {delete_valueframe}</translation>
    </message>
    <message>
        <source>If it is the wrong mailbox, cancel and correct the login.</source>
        <translation>Jos postilaatikko on väärä, peruuta ja korjaa integraatiotunnus.</translation>
    </message>
</context>
<context>
    <name>ActionBar</name>
    <message>
        <source>Selected person</source>
        <translation>Valittu henkilö</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>Show all stopped by the same cause</source>
        <translation>Näytä kaikki samasta syystä pysähtyneet</translation>
    </message>
    <message>
        <source>The database is not open.</source>
        <translation>Tietokanta ei ole auki.</translation>
    </message>
    <message>
        <source>The previous change is still being made.</source>
        <translation>Edellinen muutos on vielä kesken.</translation>
    </message>
    <message>
        <source>Select a person first.</source>
        <translation>Valitse ensin henkilö.</translation>
    </message>
    <message>
        <source>Synchronisation does not run in this window.</source>
        <translation>Tässä ikkunassa ei synkronoida.</translation>
    </message>
    <message>
        <source>The integration is switched off for this customer; support switches it.</source>
        <translation>Integraatio on kytketty pois päältä tältä asiakkaalta. Tuki kytkee sen päälle.</translation>
    </message>
    <message>
        <source>All synchronisation has been stopped; let it go on in the Problems view.</source>
        <translation>Kaikki synkronointi on keskeytetty; jatka Häiriöt-näkymästä.</translation>
    </message>
    <message>
        <source>No connection to Exchange has been set; support sets it.</source>
        <translation>Yhteyttä Exchangeen ei ole määritelty. Tuki määrittelee sen.</translation>
    </message>
    <message>
        <source>No connection to Office 365 (Graph) has been set; support sets it.</source>
        <translation>Yhteyttä Office 365:een (Graph) ei ole määritelty. Tuki määrittelee sen.</translation>
    </message>
    <message>
        <source>No connection to an own server (EWS) has been set; support sets it.</source>
        <translation>Yhteyttä omaan palvelimeen (EWS) ei ole määritelty. Tuki määrittelee sen.</translation>
    </message>
    <message>
        <source>The selected active mailboxes go by Graph already.</source>
        <translation>Valitut aktiiviset postilaatikot käyttävät jo Graphia.</translation>
    </message>
    <message>
        <source>The selected active mailboxes go by EWS already.</source>
        <translation>Valitut aktiiviset postilaatikot käyttävät jo EWS:ää.</translation>
    </message>
    <message>
        <source>None of the selected integrations is active.</source>
        <translation>Yksikään valituista integraatioista ei ole aktiivinen.</translation>
    </message>
    <message>
        <source>None of the selected integrations is passive or unused.</source>
        <translation>Yksikään valituista integraatioista ei ole passiivinen eikä käyttämätön.</translation>
    </message>
    <message>
        <source>None of the selected persons has a login.</source>
        <translation>Yhdelläkään valituista henkilöistä ei ole integraatiotunnusta.</translation>
    </message>
    <message>
        <source>None of the selected integrations has stopped on an error.</source>
        <translation>Yksikään valituista integraatioista ei ole pysähtynyt virheeseen.</translation>
    </message>
    <message>
        <source>None of the selected persons has an integration.</source>
        <translation>Yhdelläkään valituista henkilöistä ei ole integraatiota.</translation>
    </message>
    <message>
        <source>Select one person.</source>
        <translation>Valitse yksi henkilö.</translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation>Ei ole mitään kumottavaa.</translation>
    </message>
    <message>
        <source>Removing an account cannot be undone.</source>
        <translation>Tilin poistamista ei voi kumota.</translation>
    </message>
    <message>
        <source>Resuming cannot be undone; passivate instead.</source>
        <translation>Palauttamista ei voi kumota. Voit sen sijaan passivoida integraation.</translation>
    </message>
    <message>
        <source>What was changed in a person&apos;s form is changed back there.</source>
        <translation>Henkilön lomakkeella tehdyt muutokset palautetaan lomakkeella.</translation>
    </message>
    <message>
        <source>Mailboxes that were moved are moved back: select them, and Move back to EWS or Move to Graph.</source>
        <translation>Siirretyt postilaatikot siirretään takaisin: valitse ne ja sitten Siirrä takaisin EWS:ään tai Siirrä Graphiin.</translation>
    </message>
    <message>
        <source>Synchronise now</source>
        <translation>Synkronoi nyt</translation>
    </message>
    <message>
        <source>Sync now</source>
        <translation>Synkronoi nyt</translation>
    </message>
    <message>
        <source>Activate</source>
        <translation>Aktivoi</translation>
    </message>
    <message>
        <source>Move to Graph…</source>
        <translation>Siirrä Graphiin…</translation>
    </message>
    <message>
        <source>Move back to EWS…</source>
        <translation>Siirrä takaisin EWS:ään…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Poista tili</translation>
    </message>
    <message>
        <source>Preview synchronisation…</source>
        <translation>Esikatsele synkronointi…</translation>
    </message>
    <message>
        <source>Save a diagnosis for support…</source>
        <translation>Tallenna diagnoosi tuelle…</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopioi</translation>
    </message>
    <message>
        <source>Copy with headings</source>
        <translation>Kopioi otsikoineen</translation>
    </message>
    <message>
        <source>Make the column wider or narrower</source>
        <translation>Levennä tai kavenna saraketta</translation>
    </message>
    <message>
        <source>Process what waits for a decision</source>
        <translation>Käsittele päätöstä odottavat</translation>
    </message>
    <message>
        <source>Process…</source>
        <translation>Käsittele…</translation>
    </message>
    <message>
        <source>Skip what waits for a decision</source>
        <translation>Ohita päätöstä odottavat</translation>
    </message>
    <message>
        <source>Skip…</source>
        <translation>Ohita…</translation>
    </message>
    <message>
        <source>Restore what was deleted</source>
        <translation>Palauta poistetut tapahtumat</translation>
    </message>
    <message>
        <source>Restore…</source>
        <translation>Palauta tapahtumat…</translation>
    </message>
    <message>
        <source>Go to persons</source>
        <translation>Näytä henkilöt</translation>
    </message>
    <message>
        <source>Go to the import</source>
        <translation>Näytä tuonti</translation>
    </message>
    <message>
        <source>Choose a list to import</source>
        <translation>Valitse tuotava luettelo</translation>
    </message>
    <message>
        <source>Go to what is stuck</source>
        <translation>Näytä häiriöt</translation>
    </message>
    <message>
        <source>Go to settings</source>
        <translation>Näytä asetukset</translation>
    </message>
    <message>
        <source>Go to support</source>
        <translation>Näytä tuki</translation>
    </message>
    <message>
        <source>Go to the log</source>
        <translation>Näytä loki</translation>
    </message>
    <message>
        <source>Help and guide</source>
        <translation>Ohje ja opas</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Ohje</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Pikanäppäimet</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Pikanäppäimet</translation>
    </message>
    <message>
        <source>Preview activation</source>
        <translation>Esikatsele aktivointi</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Esikatsele</translation>
    </message>
    <message>
        <source>Passivate</source>
        <translation>Passivoi</translation>
    </message>
    <message>
        <source>Resume from error</source>
        <translation>Palauta virheestä</translation>
    </message>
    <message>
        <source>Remove Exchange account</source>
        <translation>Poista Exchange-tili</translation>
    </message>
    <message>
        <source>Open person</source>
        <translation>Avaa henkilö</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Muokkaa</translation>
    </message>
    <message>
        <source>Edit login</source>
        <translation>Muokkaa integraatiotunnusta</translation>
    </message>
    <message>
        <source>Undo the last change</source>
        <translation>Kumoa viimeisin muutos</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Hae henkilöitä</translation>
    </message>
    <message>
        <source>From the search field into the results</source>
        <translation>Siirry hakukentästä tuloksiin</translation>
    </message>
    <message>
        <source>Edit the login, or press the button of the row</source>
        <translation>Muokkaa tunnusta tai paina rivin painiketta</translation>
    </message>
    <message>
        <source>Take back what was typed, clear the search, close a dialog</source>
        <translation>Peru kirjoitettu, tyhjennä haku tai sulje ikkuna</translation>
    </message>
    <message>
        <source>Select all rows found</source>
        <translation>Valitse kaikki hakutulokset</translation>
    </message>
    <message>
        <source>Menu of the selected persons</source>
        <translation>Avaa valittujen henkilöiden valikko</translation>
    </message>
    <message>
        <source>Show or hide the selected person</source>
        <translation>Näytä tai piilota valitun henkilön tiedot</translation>
    </message>
    <message>
        <source>Export to a file…</source>
        <translation>Vie tiedostoon…</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>Päivitä</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Palauta</translation>
    </message>
</context>
<context>
    <name>AftermathWatch</name>
    <message numerus="yes">
        <source>%n work(s)</source>
        <translation>
            <numerusform>%n toimii</numerusform>
            <numerusform>%n toimii</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stopped again</source>
        <translation>
            <numerusform>%n pysähtyi uudelleen</numerusform>
            <numerusform>%n pysähtyi uudelleen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n try again by themselves</source>
        <translation>
            <numerusform>%n yrittää itse uudelleen</numerusform>
            <numerusform>%n yrittää itse uudelleen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n still to come</source>
        <translation>
            <numerusform>%n odottaa vuoroaan</numerusform>
            <numerusform>%n odottaa vuoroaan</numerusform>
        </translation>
    </message>
    <message>
        <source>Put back to work: {total}. {said}.</source>
        <translation>Palautettiin {total}: {said}.</translation>
    </message>
</context>
<context>
    <name>AlertFields</name>
    <message>
        <source>Save first where an alert goes.</source>
        <translation>Tallenna ensin, minne hälytys menee.</translation>
    </message>
    <message>
        <source>The alerts were saved. Send a test alert now.</source>
        <translation>Hälytykset tallennettiin. Lähetä nyt koehälytys.</translation>
    </message>
    <message>
        <source>No alerts are sent any more.</source>
        <translation>Hälytyksiä ei enää lähetetä.</translation>
    </message>
    <message>
        <source>A test alert was sent.</source>
        <translation>Koehälytys lähetettiin.</translation>
    </message>
    <message>
        <source>Stored; type to replace it</source>
        <translation>Tallennettu; kirjoita vaihtaaksesi</translation>
    </message>
    <message>
        <source>Not stored yet</source>
        <translation>Ei vielä tallennettu</translation>
    </message>
    <message>
        <source>Webhook</source>
        <translation>Webhook-osoite</translation>
    </message>
    <message>
        <source>Mail to administrators</source>
        <translation>Sähköposti ylläpidolle</translation>
    </message>
    <message>
        <source>Sender</source>
        <translation>Lähettäjä</translation>
    </message>
    <message>
        <source>Mail server</source>
        <translation>Lähtevän postin palvelin</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>Salaus</translation>
    </message>
    <message>
        <source>Account of the mail server</source>
        <translation>Postipalvelimen tunnus</translation>
    </message>
    <message>
        <source>Password of the mail server</source>
        <translation>Postipalvelimen salasana</translation>
    </message>
    <message>
        <source>Certificate authority file</source>
        <translation>Varmentajan tiedosto</translation>
    </message>
    <message>
        <source>An address that begins with https. It is kept in the keyring.</source>
        <translation>Osoite, joka alkaa https://. Säilytetään tämän tietokoneen avainnipussa.</translation>
    </message>
    <message>
        <source>Addresses of administrators, with commas between them. Addresses of users are refused.</source>
        <translation>Ylläpitäjien osoitteet pilkuin erotettuina. Käyttäjien osoitteita ei hyväksytä.</translation>
    </message>
    <message>
        <source>Only where the server&apos;s certificate is not known to this computer.</source>
        <translation>Tarvitaan vain, jos tämä tietokone ei tunne palvelimen varmennetta.</translation>
    </message>
    <message>
        <source>Save the alerts</source>
        <translation>Tallenna hälytykset</translation>
    </message>
    <message>
        <source>Send a test alert</source>
        <translation>Lähetä koehälytys</translation>
    </message>
    <message>
        <source>Stop the alerts</source>
        <translation>Lopeta hälytykset</translation>
    </message>
</context>
<context>
    <name>Asking</name>
    <message>
        <source>The list has no column of logins.</source>
        <translation>Luettelossa ei ole tunnusten saraketta.</translation>
    </message>
    <message>
        <source>There is no connection to Exchange yet. Support sets it.</source>
        <translation>Yhteyttä Exchangeen ei ole vielä määritelty. Tuki määrittelee sen.</translation>
    </message>
    <message>
        <source>Asking Exchange stopped. {reason}</source>
        <translation>Kysyminen Exchangelta keskeytyi. {reason}</translation>
    </message>
    <message>
        <source>Asking Exchange: {done} / {total} logins</source>
        <translation>Kysytään Exchangelta: {done} / {total} tunnusta</translation>
    </message>
    <message>
        <source>Asking Exchange</source>
        <translation>Kysytään Exchangelta</translation>
    </message>
    <message>
        <source>Asking Exchange is being stopped</source>
        <translation>Kysymistä lopetetaan</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>The Exchange integration is switched off for this customer: nothing is synchronised. Persons and integrations can be managed all the same. Support switches it on.</source>
        <translation>Exchange-integraatio on kytketty pois päältä tältä asiakkaalta: mitään ei synkronoida. Henkilöitä ja integraatioita voi silti hallita. Tuki kytkee integraation päälle.</translation>
    </message>
    <message>
        <source>All synchronisation has been stopped: nothing is synchronised on any computer. Once the reason is known, go on in the Problems view.</source>
        <translation>Kaikki synkronointi on keskeytetty: mitään ei synkronoida millään koneella. Kun syy on selvitetty, jatka Häiriöt-näkymästä.</translation>
    </message>
    <message>
        <source>No connection to Exchange has been set: nothing is synchronised. Support sets it.</source>
        <translation>Yhteyttä Exchangeen ei ole määritelty: mitään ei synkronoida. Tuki määrittelee yhteyden.</translation>
    </message>
    <message>
        <source>The secret of the connection {name} expired on {day}: support enters a new one.</source>
        <translation>Yhteyden {name} salaisuus vanheni {day}: tuki syöttää uuden.</translation>
    </message>
    <message>
        <source>The secret of the connection {name} expires on {day}: support enters a new one before that.</source>
        <translation>Yhteyden {name} salaisuus vanhenee {day}: tuki syöttää uuden sitä ennen.</translation>
    </message>
</context>
<context>
    <name>BasicTab</name>
    <message>
        <source>ValueFrame ID</source>
        <translation>ValueFrame ID</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nimi</translation>
    </message>
    <message>
        <source>&amp;E-mail</source>
        <translation>&amp;Sähköposti</translation>
    </message>
    <message>
        <source>&amp;Company</source>
        <translation>&amp;Yhtiö</translation>
    </message>
    <message>
        <source>Mobile sync</source>
        <translation>Mobiilisynkronointi</translation>
    </message>
    <message>
        <source>&amp;Active in ValueFrame</source>
        <translation>&amp;Aktiivinen ValueFramessa</translation>
    </message>
    <message>
        <source>A person who becomes inactive is passivated; nothing is deleted.</source>
        <translation>Kun henkilö poistuu käytöstä, hänen integraationsa passivoidaan. Mitään ei poisteta.</translation>
    </message>
    <message>
        <source>&amp;Resource (room or device)</source>
        <translation>&amp;Resurssi (tila tai laite)</translation>
    </message>
    <message>
        <source>not in use</source>
        <translation>ei käytössä</translation>
    </message>
</context>
<context>
    <name>CalendarDialog</name>
    <message>
        <source>Counting what would move and what would stay…</source>
        <translation>Lasketaan, mitä siirtyisi ja mitä jäisi paikalleen…</translation>
    </message>
    <message>
        <source>This is the calendar that is in use now.</source>
        <translation>Tämä kalenteri on jo käytössä.</translation>
    </message>
    <message>
        <source>No event has been synchronised with the present calendar.</source>
        <translation>Nykyiseen kalenteriin ei ole synkronoitu tapahtumia.</translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) that came from ValueFrame move to the other calendar.</source>
        <translation>
            <numerusform>%n ValueFramesta tullut tapahtuma siirtyy uuteen kalenteriin.</numerusform>
            <numerusform>%n ValueFramesta tullutta tapahtumaa siirtyy uuteen kalenteriin.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) created in Outlook stay in the present calendar. They are kept on both sides but not synchronised any more.</source>
        <translation>
            <numerusform>%n Outlookissa luotu tapahtuma jää nykyiseen kalenteriin. Se säilyy molemmilla puolilla, mutta sitä ei enää synkronoida.</numerusform>
            <numerusform>%n Outlookissa luotua tapahtumaa jää nykyiseen kalenteriin. Ne säilyvät molemmilla puolilla, mutta niitä ei enää synkronoida.</numerusform>
        </translation>
    </message>
    <message>
        <source>Synchronisation goes on in the other calendar at once.</source>
        <translation>Synkronointi jatkuu heti uudessa kalenterissa.</translation>
    </message>
    <message>
        <source>The integration is activated, as the events move when it is synchronised.</source>
        <translation>Integraatio aktivoidaan samalla, koska tapahtumat siirtyvät synkronoinnissa.</translation>
    </message>
    <message>
        <source>Change the calendar of {name}</source>
        <translation>Vaihda kalenteri: {name}</translation>
    </message>
    <message>
        <source>In use now: the mailbox&apos;s default calendar.</source>
        <translation>Nyt käytössä: postilaatikon oletuskalenteri.</translation>
    </message>
    <message>
        <source>In use now: the calendar {name}.</source>
        <translation>Nyt käytössä: kalenteri ”{name}”.</translation>
    </message>
    <message>
        <source>The mailbox&apos;s &amp;default calendar</source>
        <translation>Postilaatikon &amp;oletuskalenteri</translation>
    </message>
    <message>
        <source>A calendar of its &amp;own, named</source>
        <translation>O&amp;ma kalenteri, nimi</translation>
    </message>
    <message>
        <source>Name of the calendar</source>
        <translation>Kalenterin nimi</translation>
    </message>
    <message>
        <source>What would happen</source>
        <translation>Mitä tapahtuisi</translation>
    </message>
    <message>
        <source>&amp;Change the calendar</source>
        <translation>&amp;Vaihda kalenteri</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Peruuta</translation>
    </message>
</context>
<context>
    <name>CalendarsTab</name>
    <message>
        <source>In &amp;ValueFrame</source>
        <translation>&amp;ValueFramessa</translation>
    </message>
    <message>
        <source>&amp;Both calendars side by side</source>
        <translation>Molemmat kalenterit &amp;rinnakkain</translation>
    </message>
</context>
<context>
    <name>CalmPage</name>
    <message>
        <source>Nothing is stuck.</source>
        <translation>Mikään ei ole jumissa.</translation>
    </message>
    <message>
        <source>No integration has stopped or waits to try again. What stops later is listed here.</source>
        <translation>Yksikään integraatio ei ole pysähtynyt eikä odota uutta yritystä. Jos jokin pysähtyy, se näkyy täällä.</translation>
    </message>
</context>
<context>
    <name>CauseDiagnosis</name>
    <message numerus="yes">
        <source>Of the selected mailboxes, else of the first %n of the cause.</source>
        <translation>
            <numerusform>Valituista postilaatikoista, muuten syyn %n ensimmäisestä.</numerusform>
            <numerusform>Valituista postilaatikoista, muuten syyn %n ensimmäisestä.</numerusform>
        </translation>
    </message>
    <message>
        <source>Diagnosis…</source>
        <translation>Diagnoosi…</translation>
    </message>
</context>
<context>
    <name>CausePicker</name>
    <message>
        <source>{message} · {code} · {count}</source>
        <translation>{message} · {code} · {count}</translation>
    </message>
    <message>
        <source>Select all {count}</source>
        <translation>Valitse kaikki {count}</translation>
    </message>
    <message>
        <source>Stopped by</source>
        <translation>Pysähtymisen syy</translation>
    </message>
    <message>
        <source>All causes</source>
        <translation>Kaikki syyt</translation>
    </message>
    <message>
        <source>Cause of the error</source>
        <translation>Virheen syy</translation>
    </message>
    <message>
        <source>Select every row found (Ctrl+A in the list)</source>
        <translation>Valitse kaikki löytyneet rivit (luettelossa Ctrl+A)</translation>
    </message>
</context>
<context>
    <name>CheckList</name>
    <message>
        <source>In order</source>
        <translation>Kunnossa</translation>
    </message>
    <message>
        <source>Not in order</source>
        <translation>Ei kunnossa</translation>
    </message>
</context>
<context>
    <name>Checks</name>
    <message>
        <source>Name</source>
        <translation>Nimi</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Yhteys</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>Salaus</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Varmenne</translation>
    </message>
    <message>
        <source>Address of EWS</source>
        <translation>EWS-osoite</translation>
    </message>
    <message>
        <source>Ways to sign in</source>
        <translation>Kirjautumistavat</translation>
    </message>
    <message>
        <source>Sign-in</source>
        <translation>Kirjautuminen</translation>
    </message>
    <message>
        <source>Server version</source>
        <translation>Palvelimen versio</translation>
    </message>
    <message>
        <source>Integration login</source>
        <translation>Integraatiotunnus</translation>
    </message>
    <message>
        <source>Name (sign-in)</source>
        <translation>Nimi (kirjautuminen)</translation>
    </message>
    <message>
        <source>Connection (sign-in)</source>
        <translation>Yhteys (kirjautuminen)</translation>
    </message>
    <message>
        <source>Encryption (sign-in)</source>
        <translation>Salaus (kirjautuminen)</translation>
    </message>
    <message>
        <source>Certificate (sign-in)</source>
        <translation>Varmenne (kirjautuminen)</translation>
    </message>
    <message>
        <source>Tenant</source>
        <translation>Vuokraaja</translation>
    </message>
    <message>
        <source>Application&apos;s sign-in</source>
        <translation>Sovelluksen kirjautuminen</translation>
    </message>
    <message>
        <source>Graph&apos;s answer</source>
        <translation>Graphin vastaus</translation>
    </message>
    <message>
        <source>Permissions</source>
        <translation>Oikeudet</translation>
    </message>
    <message>
        <source>Mailbox</source>
        <translation>Postilaatikko</translation>
    </message>
    <message>
        <source>Impersonation</source>
        <translation>Impersonointi</translation>
    </message>
    <message>
        <source>Calendar</source>
        <translation>Kalenteri</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Kello</translation>
    </message>
    <message>
        <source>Port {found} answers</source>
        <translation>Portti {found} vastaa</translation>
    </message>
    <message>
        <source>Valid until {found}</source>
        <translation>Voimassa {found} asti</translation>
    </message>
    <message>
        <source>Can be read</source>
        <translation>Voidaan lukea</translation>
    </message>
    <message>
        <source>Off by {found}</source>
        <translation>Ero {found}</translation>
    </message>
</context>
<context>
    <name>Column</name>
    <message>
        <source>State</source>
        <translation>Tila</translation>
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
        <translation>ValueFrame ID</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nimi</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>Sähköposti</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>Integraatiotunnus</translation>
    </message>
    <message>
        <source>Last synchronised</source>
        <translation>Synkronoitu viimeksi</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Muokkaa</translation>
    </message>
    <message>
        <source>Activate or passivate</source>
        <translation>Aktivoi tai passivoi</translation>
    </message>
</context>
<context>
    <name>ColumnChooser</name>
    <message>
        <source>Columns</source>
        <translation>Sarakkeet</translation>
    </message>
    <message>
        <source>Restore the columns</source>
        <translation>Palauta sarakkeet</translation>
    </message>
    <message>
        <source>Widen {column}</source>
        <translation>Levennä saraketta {column}</translation>
    </message>
    <message>
        <source>Narrow {column}</source>
        <translation>Kavenna saraketta {column}</translation>
    </message>
    <message>
        <source>Fit {column} to the rows in sight</source>
        <translation>Sovita sarake {column} näkyviin riveihin</translation>
    </message>
</context>
<context>
    <name>ColumnsPanel</name>
    <message>
        <source>The headings are in row {row} of the sheet {sheet}.</source>
        <translation>Otsikot ovat taulukon {sheet} rivillä {row}.</translation>
    </message>
    <message>
        <source>The columns are taken as {actor} corrected them in the list {file}, {date}.</source>
        <translation>Sarakkeet tulkitaan niin kuin {actor} korjasi ne luettelossa {file} {date}.</translation>
    </message>
    <message>
        <source>&amp;Forget these corrections</source>
        <translation>&amp;Unohda korjaukset</translation>
    </message>
    <message>
        <source>Recognises the columns by their headings again, here and in later lists</source>
        <translation>Tunnistaa sarakkeet jälleen otsikoistaan, tässä ja myöhemmissä luetteloissa</translation>
    </message>
    <message>
        <source>Say what each column is; a column that is not used changes nothing.</source>
        <translation>Kerro, mitä kussakin sarakkeessa on. Käyttämätön sarake ei muuta mitään.</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Sarakkeet</translation>
    </message>
    <message>
        <source>Not used</source>
        <translation>Ei käytetä</translation>
    </message>
    <message>
        <source>Column {title}</source>
        <translation>Sarake {title}</translation>
    </message>
</context>
<context>
    <name>Compare</name>
    <message>
        <source>Differs</source>
        <translation>Eroaa</translation>
    </message>
    <message>
        <source>Only in ValueFrame</source>
        <translation>Vain ValueFramessa</translation>
    </message>
    <message>
        <source>Only in Exchange</source>
        <translation>Vain Exchangessa</translation>
    </message>
    <message>
        <source>Not read</source>
        <translation>Ei luettu</translation>
    </message>
    <message>
        <source>The same</source>
        <translation>Sama</translation>
    </message>
    <message>
        <source>Added to ValueFrame</source>
        <translation>Lisätään ValueFrameen</translation>
    </message>
    <message>
        <source>Added to Exchange</source>
        <translation>Lisätään Exchangeen</translation>
    </message>
    <message>
        <source>Brought to ValueFrame: {fields}</source>
        <translation>Tuodaan ValueFrameen: {fields}</translation>
    </message>
    <message>
        <source>Taken to Exchange: {fields}</source>
        <translation>Viedään Exchangeen: {fields}</translation>
    </message>
    <message>
        <source>Deleted from ValueFrame</source>
        <translation>Poistetaan ValueFramesta</translation>
    </message>
    <message>
        <source>Deleted from Exchange</source>
        <translation>Poistetaan Exchangesta</translation>
    </message>
    <message>
        <source>Marked in ValueFrame</source>
        <translation>Merkitään ValueFrameen</translation>
    </message>
    <message>
        <source>Marked in Exchange</source>
        <translation>Merkitään Exchangeen</translation>
    </message>
    <message>
        <source>Changed on both sides: ValueFrame wins.</source>
        <translation>Muutettu molemmilla puolilla: ValueFrame voittaa.</translation>
    </message>
    <message>
        <source>Changed on both sides: Exchange wins.</source>
        <translation>Muutettu molemmilla puolilla: Exchange voittaa.</translation>
    </message>
    <message>
        <source>Nothing to do</source>
        <translation>Ei tehtävää</translation>
    </message>
    <message>
        <source>Nothing is written; the pair is noted down</source>
        <translation>Ei kirjoitettavaa; tapahtumat merkitään pariksi</translation>
    </message>
    <message>
        <source>Put right by a complete check</source>
        <translation>Korjautuu täydellisessä tarkistuksessa</translation>
    </message>
    <message>
        <source>Waits for an administrator&apos;s decision</source>
        <translation>Odottaa pääkäyttäjän päätöstä</translation>
    </message>
    <message>
        <source>Fails for now, tried again later</source>
        <translation>Ei onnistu nyt, yritetään myöhemmin uudelleen</translation>
    </message>
    <message>
        <source>A write was cut off: the next sync finds out</source>
        <translation>Kirjoitus katkesi: seuraava synkronointi selvittää</translation>
    </message>
    <message>
        <source>Left as it is</source>
        <translation>Jätetään ennalleen</translation>
    </message>
    <message>
        <source>Too far ahead, synchronised later</source>
        <translation>Liian kaukana tulevaisuudessa, synkronoidaan aikanaan</translation>
    </message>
    <message>
        <source>Past, stays as it is</source>
        <translation>Mennyt tapahtuma, jää ennalleen</translation>
    </message>
    <message>
        <source>Not synchronised any more, stays as it is</source>
        <translation>Ei synkronoida enää, jää ennalleen</translation>
    </message>
    <message>
        <source>Nothing to do: Exchange shows it in its own way</source>
        <translation>Ei tehtävää: Exchange näyttää sen omalla tavallaan</translation>
    </message>
    <message>
        <source>Not known: could not be read</source>
        <translation>Ei tiedossa: ei voitu lukea</translation>
    </message>
    <message>
        <source>The next synchronisation does this.</source>
        <translation>Seuraava synkronointi tekee tämän.</translation>
    </message>
    <message>
        <source>Exchange has not reported this change. An ordinary sync does not see it; a complete check does: vfadmin sync --verify.</source>
        <translation>Exchange ei ole ilmoittanut muutoksesta. Tavallinen synkronointi ei näe sitä, täydellinen tarkistus näkee: vfadmin sync --verify.</translation>
    </message>
    <message>
        <source>So many events would be deleted at once that an administrator decides first.</source>
        <translation>Kerralla poistuisi niin monta tapahtumaa, että pääkäyttäjä päättää ensin.</translation>
    </message>
    <message>
        <source>Changing the event on either side tries it again at once.</source>
        <translation>Kun tapahtumaa muuttaa kummalla puolella tahansa, sitä yritetään heti uudelleen.</translation>
    </message>
    <message>
        <source>The next synchronisation first looks whether the write arrived, then goes on.</source>
        <translation>Seuraava synkronointi katsoo ensin, menikö kirjoitus perille, ja jatkaa siitä.</translation>
    </message>
    <message>
        <source>One of the calendars cannot show it, so nothing is written.</source>
        <translation>Toinen kalentereista ei osaa näyttää sitä, joten mitään ei kirjoiteta.</translation>
    </message>
    <message>
        <source>Writing it again would change nothing.</source>
        <translation>Uusi kirjoitus ei muuttaisi mitään.</translation>
    </message>
    <message>
        <source>At the earliest {time}.</source>
        <translation>Aikaisintaan {time}.</translation>
    </message>
    <message>
        <source>Reason: {reason}.</source>
        <translation>Syy: {reason}.</translation>
    </message>
    <message>
        <source>Waits for a decision: {what}</source>
        <translation>Odottaa päätöstä: {what}</translation>
    </message>
    <message>
        <source>By a complete check: {what}</source>
        <translation>Täydellisessä tarkistuksessa: {what}</translation>
    </message>
    <message>
        <source>(no title)</source>
        <translation>(ei otsikkoa)</translation>
    </message>
    <message>
        <source>Differs: {fields}</source>
        <translation>Eroaa: {fields}</translation>
    </message>
</context>
<context>
    <name>CompareFilters</name>
    <message>
        <source>All</source>
        <translation>Kaikki</translation>
    </message>
    <message>
        <source>Equal</source>
        <translation>Samat</translation>
    </message>
    <message>
        <source>Title or location</source>
        <translation>Otsikko tai paikka</translation>
    </message>
    <message>
        <source>Filter by title or location</source>
        <translation>Rajaa otsikon tai paikan mukaan</translation>
    </message>
</context>
<context>
    <name>ComparePage</name>
    <message>
        <source>Reading both calendars: {done} / {total} events</source>
        <translation>Luetaan molempia kalentereita: {done} / {total} tapahtumaa</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) copied.</source>
        <translation>
            <numerusform>%n rivi kopioitiin.</numerusform>
            <numerusform>%n riviä kopioitiin.</numerusform>
        </translation>
    </message>
    <message>
        <source>Reading both calendars…</source>
        <translation>Luetaan molempia kalentereita…</translation>
    </message>
    <message>
        <source>Read {time}; nothing was written.</source>
        <translation>Luettu {time}; mitään ei kirjoitettu.</translation>
    </message>
    <message>
        <source>An event has been changed since: refresh.</source>
        <translation>Tapahtumaa on muutettu tämän jälkeen: päivitä.</translation>
    </message>
    <message>
        <source>The integration is not at work ({state}): this is what would be done if it were.</source>
        <translation>Integraatio ei ole toiminnassa ({state}): näin tehtäisiin, jos se olisi.</translation>
    </message>
    <message>
        <source>The next synchronisation is the first: events on both sides are joined.</source>
        <translation>Seuraava synkronointi on ensimmäinen: molemmilla puolilla olevat tapahtumat yhdistetään.</translation>
    </message>
    <message>
        <source>Reading was stopped. Refresh begins anew.</source>
        <translation>Lukeminen keskeytettiin. Päivitä aloittaa alusta.</translation>
    </message>
    <message>
        <source>There are no events in either calendar.</source>
        <translation>Kummassakaan kalenterissa ei ole tapahtumia.</translation>
    </message>
    <message>
        <source>No event matches the filters.</source>
        <translation>Mikään tapahtuma ei vastaa rajauksia.</translation>
    </message>
    <message>
        <source>Both calendars side by side</source>
        <translation>Molemmat kalenterit rinnakkain</translation>
    </message>
    <message>
        <source>The event field by field</source>
        <translation>Tapahtuma kenttä kentältä</translation>
    </message>
    <message>
        <source>How it will be resolved</source>
        <translation>Miten ratkeaa</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Edistyminen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Keskeytä</translation>
    </message>
    <message>
        <source>&amp;Copy rows</source>
        <translation>&amp;Kopioi rivit</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>&amp;Päivitä</translation>
    </message>
</context>
<context>
    <name>CompareTable</name>
    <message>
        <source>Difference</source>
        <translation>Ero</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Aika</translation>
    </message>
    <message>
        <source>In ValueFrame</source>
        <translation>ValueFramessa</translation>
    </message>
    <message>
        <source>In Exchange</source>
        <translation>Exchangessa</translation>
    </message>
    <message>
        <source>How it will be resolved</source>
        <translation>Miten ratkeaa</translation>
    </message>
</context>
<context>
    <name>ConnectionFields</name>
    <message>
        <source>Not stored yet</source>
        <translation>Ei vielä tallennettu</translation>
    </message>
    <message>
        <source>Stored; type to replace it</source>
        <translation>Tallennettu; kirjoita vaihtaaksesi</translation>
    </message>
    <message>
        <source>The keyring cannot be asked</source>
        <translation>Avainnippua ei voi lukea</translation>
    </message>
    <message>
        <source>TLS 1.2 or newer</source>
        <translation>TLS 1.2 tai uudempi</translation>
    </message>
    <message>
        <source>That of 2010 too</source>
        <translation>Myös vuoden 2010 TLS</translation>
    </message>
    <message>
        <source>&amp;Address of EWS</source>
        <translation>&amp;EWS-osoite</translation>
    </message>
    <message>
        <source>Address of &amp;Graph</source>
        <translation>&amp;Graphin osoite</translation>
    </message>
    <message>
        <source>&amp;Impersonation account</source>
        <translation>&amp;Impersonointitunnus</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>&amp;Salasana</translation>
    </message>
    <message>
        <source>Client &amp;secret or passphrase</source>
        <translation>&amp;Salaisuus tai salalause</translation>
    </message>
    <message>
        <source>Si&amp;gn-in</source>
        <translation>&amp;Kirjautumistapa</translation>
    </message>
    <message>
        <source>Server &amp;version</source>
        <translation>&amp;Palvelimen versio</translation>
    </message>
    <message>
        <source>&amp;Certificate authority file</source>
        <translation>Varmentajan &amp;tiedosto</translation>
    </message>
    <message>
        <source>T&amp;LS profile</source>
        <translation>T&amp;LS-profiili</translation>
    </message>
    <message>
        <source>&amp;Tenant</source>
        <translation>&amp;Vuokraaja</translation>
    </message>
    <message>
        <source>Application &amp;ID</source>
        <translation>S&amp;ovelluksen tunnus</translation>
    </message>
    <message>
        <source>Certificate of the app&amp;lication</source>
        <translation>Sovelluksen va&amp;rmenne</translation>
    </message>
    <message>
        <source>Secret &amp;expires</source>
        <translation>Salaisuus va&amp;nhenee</translation>
    </message>
    <message>
        <source>Address of the sig&amp;n-in</source>
        <translation>&amp;Kirjautumisosoite</translation>
    </message>
    <message>
        <source>For instance https://mail.example.com/EWS/Exchange.asmx</source>
        <translation>Esimerkiksi https://mail.esimerkki.fi/EWS/Exchange.asmx</translation>
    </message>
    <message>
        <source>DOMAIN\account or account@example.com; it has the role ApplicationImpersonation.</source>
        <translation>TOIMIALUE\tunnus tai tunnus@esimerkki.fi; tunnuksella on oltava rooli ApplicationImpersonation.</translation>
    </message>
    <message>
        <source>It is kept in this computer&apos;s keyring and nowhere else.</source>
        <translation>Säilytetään tämän tietokoneen avainnipussa eikä missään muualla.</translation>
    </message>
    <message>
        <source>Only where the server&apos;s certificate is not known to this computer.</source>
        <translation>Tarvitaan vain, jos tämä tietokone ei tunne palvelimen varmennetta.</translation>
    </message>
    <message>
        <source>That of 2010 only for a server that cannot do TLS 1.2. It concerns this address alone, and the certificate is verified all the same.</source>
        <translation>Vuoden 2010 TLS vain palvelimelle, joka ei osaa TLS 1.2:ta. Se koskee vain tätä osoitetta, ja varmenne tarkistetaan silloinkin.</translation>
    </message>
    <message>
        <source>For instance example.onmicrosoft.com, or the tenant&apos;s ID.</source>
        <translation>Esimerkiksi esimerkki.onmicrosoft.com, tai vuokraajan tunniste (Tenant ID).</translation>
    </message>
    <message>
        <source>Of the app registration in Entra; it has the application permission Calendars.ReadWrite.</source>
        <translation>Sovellusrekisteröinnin Application ID Entrassa; sovelluksella on oltava sovellusoikeus Calendars.ReadWrite.</translation>
    </message>
    <message>
        <source>A PFX file that a passphrase protects. Leave it empty to sign in with a client secret.</source>
        <translation>Salalauseella suojattu PFX-tiedosto. Jätä tyhjäksi, jos sovellus kirjautuu salaisuudella.</translation>
    </message>
    <message>
        <source>The client secret&apos;s last day, for instance 2027-01-31; a certificate says so itself. Everybody is told a month ahead.</source>
        <translation>Salaisuuden viimeinen päivä, esimerkiksi 2027-01-31; varmenne kertoo sen itse. Vanhenemisesta muistutetaan kuukautta ennen.</translation>
    </message>
    <message>
        <source>https://graph.microsoft.com/v1.0 unless the tenant is in a national cloud.</source>
        <translation>https://graph.microsoft.com/v1.0, ellei vuokraaja ole kansallisessa pilvessä.</translation>
    </message>
    <message>
        <source>https://login.microsoftonline.com unless the tenant is in a national cloud.</source>
        <translation>https://login.microsoftonline.com, ellei vuokraaja ole kansallisessa pilvessä.</translation>
    </message>
    <message>
        <source>Only where a firewall looks into the traffic with a certificate of its own.</source>
        <translation>Vain, jos palomuuri avaa liikenteen omalla varmenteellaan.</translation>
    </message>
    <message>
        <source>Ask the server</source>
        <translation>Kysytään palvelimelta</translation>
    </message>
</context>
<context>
    <name>Copier</name>
    <message numerus="yes">
        <source>%n row(s) copied.</source>
        <translation>
            <numerusform>%n rivi kopioitiin.</numerusform>
            <numerusform>%n riviä kopioitiin.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CriteriaBar</name>
    <message>
        <source>Search: {text}</source>
        <translation>Haku: {text}</translation>
    </message>
    <message>
        <source>Company: {company}</source>
        <translation>Yhtiö: {company}</translation>
    </message>
    <message>
        <source>Cause: {code}</source>
        <translation>Syy: {code}</translation>
    </message>
    <message>
        <source>{shown} of {everybody}</source>
        <translation>{shown} / {everybody}</translation>
    </message>
    <message>
        <source>Name, e-mail, login or ID</source>
        <translation>Nimi, sähköposti, tunnus tai ID</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Haku</translation>
    </message>
    <message>
        <source>Search by name, e-mail, login or ID (Ctrl+F)</source>
        <translation>Hae nimellä, sähköpostilla, tunnuksella tai ID:llä (Ctrl+F)</translation>
    </message>
    <message>
        <source>Company</source>
        <translation>Yhtiö</translation>
    </message>
    <message>
        <source>All companies</source>
        <translation>Kaikki yhtiöt</translation>
    </message>
    <message>
        <source>Also inactive persons</source>
        <translation>Myös ValueFramessa passiiviset</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Tyhjennä</translation>
    </message>
    <message>
        <source>Clear all criteria</source>
        <translation>Tyhjennä kaikki hakuehdot</translation>
    </message>
    <message>
        <source>Show only these; several can be chosen</source>
        <translation>Näytä vain nämä. Voit valita useita.</translation>
    </message>
    <message>
        <source>Mobile sync</source>
        <translation>Mobiilisynkronointi</translation>
    </message>
    <message>
        <source>Show only persons who use ActiveSync or SyncML</source>
        <translation>Näytä vain henkilöt, jotka käyttävät ActiveSync- tai SyncML-synkronointia</translation>
    </message>
    <message>
        <source>Rows found, of all persons and resources</source>
        <translation>Löytyneet rivit kaikista henkilöistä ja resursseista</translation>
    </message>
</context>
<context>
    <name>Deciding</name>
    <message>
        <source>Waiting for the mailbox…</source>
        <translation>Odotetaan postilaatikon vapautumista…</translation>
    </message>
    <message>
        <source>Storing decisions…</source>
        <translation>Tallennetaan päätöksiä…</translation>
    </message>
</context>
<context>
    <name>Diagnosing</name>
    <message>
        <source>The previous diagnosis is still being made.</source>
        <translation>Edellistä diagnoosia tehdään vielä.</translation>
    </message>
    <message>
        <source>diagnosis</source>
        <translation>diagnoosi</translation>
    </message>
    <message numerus="yes">
        <source>Save the diagnosis of %n mailbox(es)</source>
        <translation>
            <numerusform>Tallenna %n postilaatikon diagnoosi</numerusform>
            <numerusform>Tallenna %n postilaatikon diagnoosi</numerusform>
        </translation>
    </message>
    <message>
        <source>Save the diagnosis</source>
        <translation>Tallenna diagnoosi</translation>
    </message>
    <message>
        <source>Collecting the diagnosis. This takes some minutes at most; work goes on.</source>
        <translation>Diagnoosia kootaan. Siihen menee enintään muutama minuutti; töitä voi jatkaa.</translation>
    </message>
    <message numerus="yes">
        <source>Collecting the diagnosis of %n mailbox(es). Work goes on.</source>
        <translation>
            <numerusform>Kootaan %n postilaatikon diagnoosia. Työ jatkuu.</numerusform>
            <numerusform>Kootaan %n postilaatikon diagnoosia. Työ jatkuu.</numerusform>
        </translation>
    </message>
    <message>
        <source>Diagnosis: checking the connection…</source>
        <translation>Diagnoosi: tarkistetaan yhteys…</translation>
    </message>
    <message>
        <source>Diagnosis: comparing the calendars…</source>
        <translation>Diagnoosi: verrataan kalentereita…</translation>
    </message>
    <message>
        <source>Diagnosis: writing the file…</source>
        <translation>Diagnoosi: kirjoitetaan tiedosto…</translation>
    </message>
    <message>
        <source>Cancelled: no file was written.</source>
        <translation>Peruttiin: tiedostoa ei kirjoitettu.</translation>
    </message>
    <message>
        <source>The diagnosis was written to the file {file}.</source>
        <translation>Diagnoosi kirjoitettiin tiedostoon {file}.</translation>
    </message>
    <message>
        <source>It has no passwords and no texts of events in it, and may be sent to support.</source>
        <translation>Siinä ei ole salasanoja eikä tapahtumien tekstejä, joten sen voi lähettää tuelle.</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Avaa kansio</translation>
    </message>
    <message>
        <source>The folder could not be opened.</source>
        <translation>Kansiota ei voitu avata.</translation>
    </message>
</context>
<context>
    <name>Doing</name>
    <message>
        <source>Remove Exchange account</source>
        <translation>Poista Exchange-tili</translation>
    </message>
    <message>
        <source>Remove and take events out</source>
        <translation>Poista ja siivoa postilaatikko</translation>
    </message>
    <message>
        <source>The previous change is still being made.</source>
        <translation>Edellinen muutos on vielä kesken.</translation>
    </message>
    <message>
        <source>{name}: {reason}</source>
        <translation>{name}: {reason}</translation>
    </message>
</context>
<context>
    <name>DryRunDialog</name>
    <message>
        <source>Preview of the synchronisation</source>
        <translation>Synkronoinnin esikatselu</translation>
    </message>
    <message>
        <source>This is what the next synchronisation would do. The preview writes nothing anywhere.</source>
        <translation>Tämän seuraava synkronointi tekisi. Esikatselu ei kirjoita mitään mihinkään.</translation>
    </message>
    <message>
        <source>What the next synchronisation would do with each person</source>
        <translation>Mitä seuraava synkronointi tekisi kunkin henkilön kohdalla</translation>
    </message>
    <message>
        <source>What would be done to the events of the person</source>
        <translation>Mitä henkilön tapahtumille tehtäisiin</translation>
    </message>
    <message>
        <source>Stop reading</source>
        <translation>Keskeytä lukeminen</translation>
    </message>
    <message>
        <source>Read {done} / {total}</source>
        <translation>Luettu {done} / {total}</translation>
    </message>
    <message>
        <source>To be created: {to_valueframe} in ValueFrame, {to_exchange} in Exchange. To be changed: {changed}. To be deleted: {deleted}.</source>
        <translation>Luotavia: ValueFrameen {to_valueframe}, Exchangeen {to_exchange}. Muutettavia: {changed}. Poistettavia: {deleted}.</translation>
    </message>
</context>
<context>
    <name>DryRunTable</name>
    <message>
        <source>Stopped on an error: this is what happens once it is resumed</source>
        <translation>Pysähtynyt virheeseen: näin käy, kun se palautetaan</translation>
    </message>
    <message>
        <source>Not at work: this is what happens once it is activated</source>
        <translation>Ei toiminnassa: näin käy, kun se aktivoidaan</translation>
    </message>
    <message numerus="yes">
        <source>%n operation(s)</source>
        <translation>
            <numerusform>%n toimenpide</numerusform>
            <numerusform>%n toimenpidettä</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing to do</source>
        <translation>Ei tehtävää</translation>
    </message>
</context>
<context>
    <name>EmptyState</name>
    <message>
        <source>Opening the database…</source>
        <translation>Avataan tietokantaa…</translation>
    </message>
    <message>
        <source>No persons yet</source>
        <translation>Ei vielä henkilöitä</translation>
    </message>
    <message>
        <source>Persons come from ValueFrame, or from a spreadsheet with Import.</source>
        <translation>Henkilöt tulevat ValueFramesta, tai heidät tuodaan taulukosta Tuonti-näkymässä.</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Tarkista uudelleen</translation>
    </message>
    <message>
        <source>No person matches the criteria</source>
        <translation>Hakuehdoilla ei löytynyt henkilöitä</translation>
    </message>
    <message>
        <source>Try a shorter word, or clear the criteria.</source>
        <translation>Kokeile lyhyempää hakusanaa tai tyhjennä hakuehdot.</translation>
    </message>
    <message>
        <source>Clear the criteria</source>
        <translation>Tyhjennä hakuehdot</translation>
    </message>
    <message>
        <source>Remove some of the filters, or clear the criteria.</source>
        <translation>Poista jokin rajauksista tai tyhjennä hakuehdot.</translation>
    </message>
    <message>
        <source>No integration has stopped on an error</source>
        <translation>Yksikään integraatio ei ole pysähtynyt virheeseen</translation>
    </message>
    <message>
        <source>Clear the criteria to see everybody again.</source>
        <translation>Tyhjennä hakuehdot, niin näet taas kaikki.</translation>
    </message>
    <message>
        <source>The database is out of reach</source>
        <translation>Tietokantaan ei saada yhteyttä</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Yritä uudelleen</translation>
    </message>
    <message>
        <source>Code {code}</source>
        <translation>Koodi {code}</translation>
    </message>
    <message>
        <source>Go to Import</source>
        <translation>Siirry tuontiin</translation>
    </message>
</context>
<context>
    <name>Event</name>
    <message>
        <source>Free</source>
        <translation>Vapaa</translation>
    </message>
    <message>
        <source>Tentative</source>
        <translation>Alustava</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>Varattu</translation>
    </message>
    <message>
        <source>Out of office</source>
        <translation>Poissa</translation>
    </message>
    <message>
        <source>Working elsewhere</source>
        <translation>Työskentelee muualla</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Otsikko</translation>
    </message>
    <message>
        <source>Location</source>
        <translation>Paikka</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Teksti</translation>
    </message>
    <message>
        <source>Starts</source>
        <translation>Alkaa</translation>
    </message>
    <message>
        <source>Ends</source>
        <translation>Päättyy</translation>
    </message>
    <message>
        <source>All day</source>
        <translation>Koko päivä</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Tapahtumalaji</translation>
    </message>
    <message>
        <source>Show as</source>
        <translation>Näkyy</translation>
    </message>
    <message>
        <source>Reminder</source>
        <translation>Muistutus</translation>
    </message>
    <message>
        <source>Private</source>
        <translation>Yksityinen</translation>
    </message>
    <message>
        <source>Acknowledged</source>
        <translation>Kuitattu</translation>
    </message>
    <message>
        <source>Linked persons</source>
        <translation>Liitetyt henkilöt</translation>
    </message>
    <message>
        <source>Recurrence</source>
        <translation>Toistuvuus</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Aika</translation>
    </message>
    <message>
        <source>No reminder</source>
        <translation>Ei muistutusta</translation>
    </message>
    <message>
        <source>When it starts</source>
        <translation>Tapahtuman alkaessa</translation>
    </message>
    <message>
        <source>{count} d before</source>
        <translation>{count} vrk ennen</translation>
    </message>
    <message>
        <source>{count} h before</source>
        <translation>{count} h ennen</translation>
    </message>
    <message>
        <source>{count} min before</source>
        <translation>{count} min ennen</translation>
    </message>
    <message>
        <source>{day}, all day</source>
        <translation>{day}, koko päivä</translation>
    </message>
</context>
<context>
    <name>EventDialog</name>
    <message>
        <source>A change is made to all of the series. Its times are not changed here.</source>
        <translation>Muutos koskee koko sarjaa. Sarjan aikoja ei muuteta tässä.</translation>
    </message>
    <message>
        <source>Created {created}, changed {modified}</source>
        <translation>Luotu {created}, muutettu {modified}</translation>
    </message>
    <message>
        <source>{field}: now {stored}, in this form {typed}</source>
        <translation>{field}: tallennettuna {stored}, tällä lomakkeella {typed}</translation>
    </message>
    <message>
        <source>The event was changed elsewhere meanwhile. Nothing was saved.</source>
        <translation>Tapahtumaa muutettiin sillä välin muualla. Mitään ei tallennettu.</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>kyllä</translation>
    </message>
    <message>
        <source>no</source>
        <translation>ei</translation>
    </message>
    <message>
        <source>New event</source>
        <translation>Uusi tapahtuma</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Tapahtuma</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>&amp;Otsikko</translation>
    </message>
    <message>
        <source>&amp;Location</source>
        <translation>&amp;Paikka</translation>
    </message>
    <message>
        <source>&quot;Retry&quot; takes the stored data; then make your change again.</source>
        <translation>”Yritä uudelleen” ottaa tallennetut tiedot. Tee muutos sitten uudestaan.</translation>
    </message>
    <message>
        <source>T&amp;ime</source>
        <translation>&amp;Aika</translation>
    </message>
    <message>
        <source>Recurs</source>
        <translation>Toistuu</translation>
    </message>
    <message>
        <source>T&amp;ype</source>
        <translation>Tapahtuma&amp;laji</translation>
    </message>
    <message>
        <source>Sh&amp;ow as</source>
        <translation>&amp;Näkyy</translation>
    </message>
    <message>
        <source>&amp;Reminder</source>
        <translation>&amp;Muistutus</translation>
    </message>
    <message>
        <source>Te&amp;xt</source>
        <translation>Te&amp;ksti</translation>
    </message>
    <message>
        <source>Linked</source>
        <translation>Liitetty</translation>
    </message>
    <message>
        <source>No type</source>
        <translation>Ei lajia</translation>
    </message>
    <message>
        <source>&amp;Private</source>
        <translation>&amp;Yksityinen</translation>
    </message>
    <message>
        <source>Of a private event only its time is shown here once it is saved.</source>
        <translation>Yksityisestä tapahtumasta näkyy tässä tallennuksen jälkeen vain aika.</translation>
    </message>
    <message>
        <source>&amp;Acknowledged</source>
        <translation>K&amp;uitattu</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Tallenna</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Peruuta</translation>
    </message>
</context>
<context>
    <name>EventTable</name>
    <message>
        <source>(no title)</source>
        <translation>(ei otsikkoa)</translation>
    </message>
    <message>
        <source>from {time}</source>
        <translation>{time} alkaen</translation>
    </message>
    <message>
        <source>owner {name}</source>
        <translation>omistaja {name}</translation>
    </message>
    <message numerus="yes">
        <source>%n linked</source>
        <translation>
            <numerusform>%n liitetty</numerusform>
            <numerusform>%n liitettyä</numerusform>
        </translation>
    </message>
    <message>
        <source>not acknowledged</source>
        <translation>kuittaamatta</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Aika</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Otsikko</translation>
    </message>
    <message>
        <source>Location</source>
        <translation>Paikka</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Huomautus</translation>
    </message>
</context>
<context>
    <name>EventTimes</name>
    <message>
        <source>All &amp;day</source>
        <translation>Koko pä&amp;ivä</translation>
    </message>
    <message>
        <source>Starts</source>
        <translation>Alkaa</translation>
    </message>
    <message>
        <source>Ends</source>
        <translation>Päättyy</translation>
    </message>
    <message>
        <source>The time zone of the event</source>
        <translation>Tapahtuman aikavyöhyke</translation>
    </message>
</context>
<context>
    <name>EventsTab</name>
    <message>
        <source>owner {name}</source>
        <translation>omistaja {name}</translation>
    </message>
    <message>
        <source>{name} (acknowledged)</source>
        <translation>{name} (kuitannut)</translation>
    </message>
    <message numerus="yes">
        <source>%n link(s) to customers and contacts</source>
        <translation>
            <numerusform>%n liitos asiakkaisiin ja yhteyshenkilöihin</numerusform>
            <numerusform>%n liitosta asiakkaisiin ja yhteyshenkilöihin</numerusform>
        </translation>
    </message>
    <message>
        <source>The event was saved. The next synchronisation takes it to Exchange.</source>
        <translation>Tapahtuma tallennettiin. Seuraava synkronointi vie sen Exchangeen.</translation>
    </message>
    <message>
        <source>The event was saved.</source>
        <translation>Tapahtuma tallennettiin.</translation>
    </message>
    <message>
        <source>Delete the event &quot;{title}&quot;?</source>
        <translation>Poistetaanko tapahtuma ”{title}”?</translation>
    </message>
    <message>
        <source>(no title)</source>
        <translation>(ei otsikkoa)</translation>
    </message>
    <message>
        <source>Delete the event</source>
        <translation>Poista tapahtuma</translation>
    </message>
    <message>
        <source>All of the series is deleted.</source>
        <translation>Koko sarja poistetaan.</translation>
    </message>
    <message>
        <source>It is deleted for everybody who is linked to it.</source>
        <translation>Tapahtuma poistuu kaikilta siihen liitetyiltä.</translation>
    </message>
    <message>
        <source>The next synchronisation deletes it from Exchange, too.</source>
        <translation>Seuraava synkronointi poistaa sen myös Exchangesta.</translation>
    </message>
    <message>
        <source>The event was deleted.</source>
        <translation>Tapahtuma poistettiin.</translation>
    </message>
    <message>
        <source>Select an event first.</source>
        <translation>Valitse ensin tapahtuma.</translation>
    </message>
    <message>
        <source>Of a private event only its time is shown. Its owner edits it.</source>
        <translation>Yksityisestä tapahtumasta näkyy vain aika. Sitä muokkaa sen omistaja.</translation>
    </message>
    <message>
        <source>Earlier days</source>
        <translation>Aiemmat päivät</translation>
    </message>
    <message>
        <source>Later days</source>
        <translation>Myöhemmät päivät</translation>
    </message>
    <message>
        <source>First day shown</source>
        <translation>Ensimmäinen näytettävä päivä</translation>
    </message>
    <message>
        <source>How many days are shown</source>
        <translation>Näytettävä aika</translation>
    </message>
    <message>
        <source>Events in ValueFrame</source>
        <translation>Tapahtumat ValueFramessa</translation>
    </message>
    <message>
        <source>1 week</source>
        <translation>1 viikko</translation>
    </message>
    <message>
        <source>2 weeks</source>
        <translation>2 viikkoa</translation>
    </message>
    <message>
        <source>4 weeks</source>
        <translation>4 viikkoa</translation>
    </message>
    <message>
        <source>3 months</source>
        <translation>3 kuukautta</translation>
    </message>
    <message>
        <source>T&amp;oday</source>
        <translation>&amp;Tänään</translation>
    </message>
    <message>
        <source>A&amp;dd event…</source>
        <translation>&amp;Lisää tapahtuma…</translation>
    </message>
    <message>
        <source>&amp;Edit…</source>
        <translation>&amp;Muokkaa…</translation>
    </message>
    <message>
        <source>De&amp;lete…</source>
        <translation>&amp;Poista…</translation>
    </message>
    <message>
        <source>There are no events on these days.</source>
        <translation>Näinä päivinä ei ole tapahtumia.</translation>
    </message>
</context>
<context>
    <name>ExchangeTab</name>
    <message>
        <source>Activate Exchange integration</source>
        <translation>Aktivoi exchange-integraatio</translation>
    </message>
    <message>
        <source>Passivate</source>
        <translation>Passivoi</translation>
    </message>
    <message>
        <source>Resume from error</source>
        <translation>Palauta virheestä</translation>
    </message>
    <message>
        <source>Enter the login first.</source>
        <translation>Anna ensin integraatiotunnus.</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Tila</translation>
    </message>
    <message>
        <source>&amp;Login</source>
        <translation>&amp;Integraatiotunnus</translation>
    </message>
    <message>
        <source>Calendar</source>
        <translation>Kalenteri</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>Protokolla</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>Integraatiotunnus</translation>
    </message>
    <message>
        <source>An e-mail address for Office 365, DOMAIN\user for an own server</source>
        <translation>Sähköpostiosoite, jos käytössä on Office 365. Omalla palvelimella muoto on TOIMIALUE\tunnus.</translation>
    </message>
    <message>
        <source>The mailbox&apos;s &amp;default calendar</source>
        <translation>Postilaatikon &amp;oletuskalenteri</translation>
    </message>
    <message>
        <source>A ne&amp;w calendar named</source>
        <translation>&amp;Uusi kalenteri, nimi</translation>
    </message>
    <message>
        <source>Name of the new calendar</source>
        <translation>Uuden kalenterin nimi</translation>
    </message>
    <message>
        <source>Remove Exchange account</source>
        <translation>Poista Exchange-tili</translation>
    </message>
    <message>
        <source>&amp;Preview…</source>
        <translation>&amp;Esikatsele…</translation>
    </message>
    <message>
        <source>Change the &amp;calendar…</source>
        <translation>&amp;Vaihda kalenteri…</translation>
    </message>
    <message>
        <source>Last synchronised {time}</source>
        <translation>Synkronoitu viimeksi {time}</translation>
    </message>
    <message>
        <source>When the calendar is changed, the events from ValueFrame move along.</source>
        <translation>Kun kalenteri vaihdetaan, ValueFramesta tulleet tapahtumat siirtyvät mukana.</translation>
    </message>
    <message>
        <source>The calendar can be changed once the integration is resumed.</source>
        <translation>Kalenterin voi vaihtaa, kun integraatio on palautettu virheestä.</translation>
    </message>
    <message>
        <source>A resource&apos;s own events are not synchronised, only links to it.</source>
        <translation>Resurssin omia tapahtumia ei synkronoida, ainoastaan liitokset siihen.</translation>
    </message>
</context>
<context>
    <name>Exporter</name>
    <message>
        <source>The previous file is still being written.</source>
        <translation>Edellistä tiedostoa kirjoitetaan vielä.</translation>
    </message>
    <message>
        <source>There is nothing to export: no person was found.</source>
        <translation>Vietävää ei ole: yhtään henkilöä ei löytynyt.</translation>
    </message>
    <message numerus="yes">
        <source>Export %n person(s)</source>
        <translation>
            <numerusform>Vie %n henkilö tiedostoon</numerusform>
            <numerusform>Vie %n henkilöä tiedostoon</numerusform>
        </translation>
    </message>
    <message>
        <source>Persons</source>
        <translation>Henkilöt</translation>
    </message>
    <message>
        <source>Writing {done} / {total} to the file</source>
        <translation>Kirjoitetaan tiedostoon {done} / {total}</translation>
    </message>
    <message>
        <source>Cancelled: no file was written.</source>
        <translation>Peruttiin: tiedostoa ei kirjoitettu.</translation>
    </message>
    <message numerus="yes">
        <source>%n person(s) written to the file {file}.</source>
        <translation>
            <numerusform>%n henkilö kirjoitettiin tiedostoon {file}.</numerusform>
            <numerusform>%n henkilöä kirjoitettiin tiedostoon {file}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FieldTable</name>
    <message>
        <source>{field}: differs</source>
        <translation>{field}: eroaa</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Kenttä</translation>
    </message>
    <message>
        <source>In ValueFrame</source>
        <translation>ValueFramessa</translation>
    </message>
    <message>
        <source>In Exchange</source>
        <translation>Exchangessa</translation>
    </message>
    <message>
        <source>Both, once resolved</source>
        <translation>Molemmissa ratkaisun jälkeen</translation>
    </message>
</context>
<context>
    <name>Files</name>
    <message>
        <source>Choose the list to import</source>
        <translation>Valitse tuotava luettelo</translation>
    </message>
    <message>
        <source>Wait until what is going on is done, or cancel it.</source>
        <translation>Odota, kunnes meneillään oleva työ on valmis, tai peru se.</translation>
    </message>
    <message>
        <source>Read another list?</source>
        <translation>Luetaanko toinen luettelo?</translation>
    </message>
    <message>
        <source>The cells that were edited and the rows that were left out by hand are lost.</source>
        <translation>Soluihin tehdyt muutokset ja rivien valinnat häviävät.</translation>
    </message>
    <message>
        <source>Read the other list</source>
        <translation>Lue toinen luettelo</translation>
    </message>
    <message>
        <source>The database is not open. Try again when it is.</source>
        <translation>Tietokanta ei ole auki. Yritä uudelleen, kun se on avautunut.</translation>
    </message>
    <message>
        <source>Read the list again?</source>
        <translation>Luetaanko luettelo uudelleen?</translation>
    </message>
    <message>
        <source>The cells that were edited are lost.</source>
        <translation>Soluihin tehdyt muutokset häviävät.</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>Lue uudelleen</translation>
    </message>
    <message>
        <source>Import list.xlsx</source>
        <translation>Tuontiluettelo.xlsx</translation>
    </message>
    <message>
        <source>Save an empty list</source>
        <translation>Tallenna tyhjä luettelo</translation>
    </message>
    <message>
        <source>{list}, report.xlsx</source>
        <translation>{list}, raportti.xlsx</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>Tallenna raportti</translation>
    </message>
    <message>
        <source>The file {file} was saved.</source>
        <translation>Tiedosto {file} tallennettiin.</translation>
    </message>
    <message>
        <source>Undo the import of {file}?</source>
        <translation>Kumotaanko tuonti {file}?</translation>
    </message>
    <message>
        <source>Changed persons get their former data back and added ones are removed. Whoever has been changed or synchronised since is left and named.</source>
        <translation>Muutetut henkilöt saavat entiset tietonsa takaisin ja lisätyt poistetaan. Sen jälkeen muutetut tai synkronoidut jätetään ennalleen ja luetellaan.</translation>
    </message>
    <message>
        <source>Undo the import</source>
        <translation>Kumoa tuonti</translation>
    </message>
</context>
<context>
    <name>FilterPills</name>
    <message>
        <source>Filters</source>
        <translation>Rajaukset</translation>
    </message>
    <message>
        <source>Remove the filter {filter}</source>
        <translation>Poista rajaus {filter}</translation>
    </message>
</context>
<context>
    <name>Filters</name>
    <message>
        <source>Show only these; several can be chosen</source>
        <translation>Näytä vain nämä. Voit valita useita.</translation>
    </message>
    <message>
        <source>{chosen} / {good} rows chosen</source>
        <translation>{chosen} / {good} riviä valittu</translation>
    </message>
    <message>
        <source>Choose all</source>
        <translation>Valitse kaikki</translation>
    </message>
    <message>
        <source>Choose all rows that are shown and not rejected</source>
        <translation>Valitse kaikki näkyvät rivit, joita ei ole hylätty</translation>
    </message>
    <message>
        <source>Choose none</source>
        <translation>Poista valinnat</translation>
    </message>
    <message>
        <source>Leave out all rows that are shown</source>
        <translation>Jätä kaikki näkyvät rivit pois</translation>
    </message>
</context>
<context>
    <name>Foot</name>
    <message numerus="yes">
        <source>%n person(s) will be added.</source>
        <translation>
            <numerusform>%n henkilö lisätään.</numerusform>
            <numerusform>%n henkilöä lisätään.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n person(s) will be changed.</source>
        <translation>
            <numerusform>%n henkilön tiedot muuttuvat.</numerusform>
            <numerusform>%n henkilön tiedot muuttuvat.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n integration(s) will be activated.</source>
        <translation>
            <numerusform>%n integraatio aktivoidaan.</numerusform>
            <numerusform>%n integraatiota aktivoidaan.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new company(s): {names}.</source>
        <translation>
            <numerusform>%n uusi yhtiö: {names}.</numerusform>
            <numerusform>%n uutta yhtiötä: {names}.</numerusform>
        </translation>
    </message>
    <message>
        <source>The chosen rows change nothing.</source>
        <translation>Valitut rivit eivät muuta mitään.</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) are rejected.</source>
        <translation>
            <numerusform>%n rivi on hylätty.</numerusform>
            <numerusform>%n riviä on hylätty.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) are left out.</source>
        <translation>
            <numerusform>%n rivi jätetään pois.</numerusform>
            <numerusform>%n riviä jätetään pois.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing has been written yet.</source>
        <translation>Mitään ei ole vielä kirjoitettu.</translation>
    </message>
    <message>
        <source>Also acti&amp;vate those who have a login</source>
        <translation>&amp;Aktivoi samalla ne, joilla on tunnus</translation>
    </message>
    <message>
        <source>Re&amp;ject rows that would add a company</source>
        <translation>Hylkää rivit, jotka lisäisivät uuden &amp;yhtiön</translation>
    </message>
    <message>
        <source>As&amp;k Exchange</source>
        <translation>&amp;Kysy Exchangelta</translation>
    </message>
    <message>
        <source>Asks whether the mailbox of each chosen row is there and may be used; writes nothing</source>
        <translation>Kysyy, onko kunkin valitun rivin postilaatikko olemassa ja käytettävissä; ei kirjoita mitään</translation>
    </message>
    <message numerus="yes">
        <source>&amp;Import %n row(s)</source>
        <translation>
            <numerusform>Tu&amp;o %n rivi</numerusform>
            <numerusform>Tu&amp;o %n riviä</numerusform>
        </translation>
    </message>
    <message>
        <source>Ca&amp;ncel</source>
        <translation>&amp;Peruuta</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Edistyminen</translation>
    </message>
</context>
<context>
    <name>Forgetting</name>
    <message>
        <source>This history holds no texts.</source>
        <translation>Tässä historiassa ei ole tekstejä.</translation>
    </message>
    <message>
        <source>Remove the texts from the history of this person?</source>
        <translation>Poistetaanko tekstit tämän henkilön historiasta?</translation>
    </message>
    <message numerus="yes">
        <source>Titles, locations and texts are removed for good from %n operation(s). Times and reasons stay, and so do both calendars. These runs can then not be undone any more.</source>
        <translation>
            <numerusform>Otsikot, paikat ja tekstit poistetaan pysyvästi %n toimenpiteestä. Ajat, syyt ja molemmat kalenterit jäävät ennalleen. Näitä ajoja ei voi sen jälkeen kumota.</numerusform>
            <numerusform>Otsikot, paikat ja tekstit poistetaan pysyvästi %n toimenpiteestä. Ajat, syyt ja molemmat kalenterit jäävät ennalleen. Näitä ajoja ei voi sen jälkeen kumota.</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove texts</source>
        <translation>Poista tekstit</translation>
    </message>
    <message>
        <source>Removing the texts. Work goes on meanwhile.</source>
        <translation>Tekstejä poistetaan. Voit jatkaa työtä sillä välin.</translation>
    </message>
    <message numerus="yes">
        <source>The texts of %n operation(s) were removed.</source>
        <translation>
            <numerusform>%n toimenpiteen tekstit poistettiin.</numerusform>
            <numerusform>%n toimenpiteen tekstit poistettiin.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Head</name>
    <message numerus="yes">
        <source>%n row(s) in the sheet {sheet}.</source>
        <translation>
            <numerusform>%n rivi taulukossa {sheet}.</numerusform>
            <numerusform>%n riviä taulukossa {sheet}.</numerusform>
        </translation>
    </message>
    <message>
        <source>A list of mobile devices: it says who has one, and changes nothing else.</source>
        <translation>Mobiililaitteiden luettelo: se kertoo, kenellä on laite, eikä muuta mitään muuta.</translation>
    </message>
    <message>
        <source>Columns as they were corrected for such a list before.</source>
        <translation>Sarakkeet on tulkittu niin kuin ne aiemmin korjattiin.</translation>
    </message>
    <message>
        <source>Columns that are not used: {names}.</source>
        <translation>Sarakkeet, joita ei käytetä: {names}.</translation>
    </message>
    <message>
        <source>Co&amp;lumns</source>
        <translation>Sa&amp;rakkeet</translation>
    </message>
    <message>
        <source>Show what each column of the list is taken for, and correct it</source>
        <translation>Näytä, miksi kukin luettelon sarake on tulkittu, ja korjaa sitä</translation>
    </message>
    <message>
        <source>&amp;Save report…</source>
        <translation>&amp;Tallenna raportti…</translation>
    </message>
    <message>
        <source>Saves the rows with verdict and reason as they are now</source>
        <translation>Tallentaa rivit, niiden tuloksen ja syyn sellaisina kuin ne ovat nyt</translation>
    </message>
    <message>
        <source>&amp;Choose another file…</source>
        <translation>&amp;Valitse toinen tiedosto…</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>Häiriöt</translation>
    </message>
    <message>
        <source>Who synchronises…</source>
        <translation>Synkronoijat…</translation>
    </message>
</context>
<context>
    <name>HeldPage</name>
    <message numerus="yes">
        <source>%n not stored.</source>
        <translation>
            <numerusform>%n päätöstä ei tallennettu.</numerusform>
            <numerusform>%n päätöstä ei tallennettu.</numerusform>
        </translation>
    </message>
    <message>
        <source>Process selected ({count})…</source>
        <translation>Käsittele valitut ({count})…</translation>
    </message>
    <message>
        <source>Skip selected ({count})…</source>
        <translation>Ohita valitut ({count})…</translation>
    </message>
    <message>
        <source>Restore selected ({count})…</source>
        <translation>Palauta valitut tapahtumat ({count})…</translation>
    </message>
    <message>
        <source>Process all ({count})…</source>
        <translation>Käsittele kaikki ({count})…</translation>
    </message>
    <message>
        <source>Skip all ({count})…</source>
        <translation>Ohita kaikki ({count})…</translation>
    </message>
    <message>
        <source>Restore what lost…</source>
        <translation>Palauta häviäjä…</translation>
    </message>
    <message>
        <source>Restore all ({count})…</source>
        <translation>Palauta kaikki tapahtumat ({count})…</translation>
    </message>
    <message>
        <source>Let stand ({count})…</source>
        <translation>Jätä voimaan ({count})…</translation>
    </message>
    <message>
        <source>Nothing waits in this mailbox.</source>
        <translation>Tässä postilaatikossa mikään ei odota päätöstä.</translation>
    </message>
    <message>
        <source>Select one conflict: what is put back of it is shown first.</source>
        <translation>Valitse yksi ristiriita: ensin näytetään, mitä siitä palautettaisiin.</translation>
    </message>
    <message>
        <source>Only a deletion of a person&apos;s own event can be undone.</source>
        <translation>Palauttaa voi vain henkilön oman tapahtuman, jonka poisto odottaa.</translation>
    </message>
    <message>
        <source>This does not fit any of the rows.</source>
        <translation>Tämä päätös ei sovi millekään riville.</translation>
    </message>
    <message>
        <source>Unusually many deletions and events that do not succeed wait for you; all else goes on. Process does what waits, Skip leaves what is left as it is, Restore undoes the deletions. Conflicts are settled already: let the outcome stand, or restore what lost.</source>
        <translation>Poikkeuksellisen monta poistoa tai epäonnistuva tapahtuma odottaa päätöstäsi; kaikki muu jatkuu. Käsittele: odottava tehdään. Ohita: jäljellä oleva jää ennalleen. Palauta tapahtumat: poistot perutaan. Ristiriidat on jo ratkaistu: jätä ratkaisu voimaan tai palauta häviäjä.</translation>
    </message>
    <message>
        <source>Mailboxes that wait for a decision</source>
        <translation>Päätöstä odottavat postilaatikot</translation>
    </message>
    <message>
        <source>What waits in the mailbox</source>
        <translation>Mikä postilaatikossa odottaa</translation>
    </message>
</context>
<context>
    <name>HelpWindow</name>
    <message>
        <source>In the guide</source>
        <translation>Oppaassa</translation>
    </message>
    <message>
        <source>Help: guide</source>
        <translation>Ohje: opas</translation>
    </message>
    <message>
        <source>Help: {code}</source>
        <translation>Ohje: {code}</translation>
    </message>
    <message>
        <source>Help: errors</source>
        <translation>Ohje: virheet</translation>
    </message>
    <message>
        <source>&amp;Find:</source>
        <translation>&amp;Etsi:</translation>
    </message>
    <message>
        <source>A code, or words of a message or of the guide</source>
        <translation>Koodi, tai viestin tai oppaan sanoja</translation>
    </message>
    <message>
        <source>Find an error or a chapter</source>
        <translation>Etsi virhettä tai oppaan kohtaa</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Takaisin</translation>
    </message>
    <message>
        <source>&amp;All errors</source>
        <translation>&amp;Kaikki virheet</translation>
    </message>
    <message>
        <source>&amp;Guide</source>
        <translation>&amp;Opas</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Sulje</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopioi</translation>
    </message>
</context>
<context>
    <name>HistoryActions</name>
    <message>
        <source>&amp;Undo the run…</source>
        <translation>&amp;Kumoa ajo…</translation>
    </message>
    <message>
        <source>Restore &amp;lost content…</source>
        <translation>Palauta &amp;hävinnyt sisältö…</translation>
    </message>
    <message>
        <source>Remove te&amp;xts from the history…</source>
        <translation>Poista &amp;tekstit historiasta…</translation>
    </message>
    <message>
        <source>Shows first what would be taken back, and what not</source>
        <translation>Näyttää ensin, mikä kumottaisiin ja mikä ei</translation>
    </message>
    <message>
        <source>Puts back what lost when both sides were changed; shown first</source>
        <translation>Palauttaa sisällön, joka hävisi, kun molempia puolia oli muutettu; näyttää sen ensin</translation>
    </message>
    <message>
        <source>Removes titles, locations and texts for good; asks first</source>
        <translation>Poistaa otsikot, paikat ja tekstit pysyvästi; kysyy ensin</translation>
    </message>
    <message>
        <source>Select a run first.</source>
        <translation>Valitse ensin ajo.</translation>
    </message>
    <message>
        <source>The run is not finished.</source>
        <translation>Ajo on vielä kesken.</translation>
    </message>
    <message>
        <source>The run changed nothing, so there is nothing to undo.</source>
        <translation>Ajo ei muuttanut mitään, joten kumottavaa ei ole.</translation>
    </message>
    <message>
        <source>Open a run and select an event that was changed on both sides.</source>
        <translation>Avaa ajo ja valitse tapahtuma, jota oli muutettu molemmilla puolilla.</translation>
    </message>
</context>
<context>
    <name>HistoryTab</name>
    <message>
        <source>Reading…</source>
        <translation>Luetaan…</translation>
    </message>
    <message>
        <source>Nothing was written.</source>
        <translation>Mitään ei kirjoitettu.</translation>
    </message>
    <message>
        <source>The run goes on, or it was cut off; the next one finishes what is open.</source>
        <translation>Ajo on kesken tai se katkesi. Seuraava ajo tekee loppuun, mikä jäi auki.</translation>
    </message>
    <message>
        <source>{requests} requests to Exchange in {seconds} s.</source>
        <translation>Pyyntöjä Exchangeen {requests}, kesto {seconds} s.</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>Mitä tehtiin</translation>
    </message>
    <message>
        <source>Run, change, event</source>
        <translation>Ajo, muutos, tapahtuma</translation>
    </message>
    <message>
        <source>Why, who</source>
        <translation>Miksi, kuka</translation>
    </message>
    <message>
        <source>Runs and what each did, and changes by hand, newest first</source>
        <translation>Ajot ja mitä kukin teki sekä käsin tehdyt muutokset, uusin ensin</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Lisätiedot</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>&amp;Päivitä</translation>
    </message>
    <message>
        <source>&amp;Diagnosis…</source>
        <translation>&amp;Diagnoosi…</translation>
    </message>
    <message>
        <source>Saves into one file what support needs about this mailbox</source>
        <translation>Tallentaa yhteen tiedostoon sen, mitä tuki tarvitsee tästä postilaatikosta</translation>
    </message>
    <message>
        <source>No run has touched this mailbox yet.</source>
        <translation>Tätä postilaatikkoa ei ole vielä synkronoitu.</translation>
    </message>
</context>
<context>
    <name>ImportField</name>
    <message>
        <source>ValueFrame ID</source>
        <translation>ValueFrame ID</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nimi</translation>
    </message>
    <message>
        <source>First name</source>
        <translation>Etunimi</translation>
    </message>
    <message>
        <source>Last name</source>
        <translation>Sukunimi</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>Sähköposti</translation>
    </message>
    <message>
        <source>Company</source>
        <translation>Yhtiö</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>Tunnus</translation>
    </message>
    <message>
        <source>Calendar</source>
        <translation>Kalenteri</translation>
    </message>
    <message>
        <source>Calendar name</source>
        <translation>Kalenterin nimi</translation>
    </message>
    <message>
        <source>Activate</source>
        <translation>Aktivoi</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Laji</translation>
    </message>
    <message>
        <source>Mobile sync</source>
        <translation>Mobiilisynkronointi</translation>
    </message>
    <message>
        <source>Mobile device</source>
        <translation>Mobiililaite</translation>
    </message>
</context>
<context>
    <name>ImportPhrases</name>
    <message>
        <source>The import was cancelled. Nothing was written.</source>
        <translation>Tuonti peruttiin. Mitään ei kirjoitettu.</translation>
    </message>
    <message>
        <source>The undo was cancelled. The import stands as it was.</source>
        <translation>Kumoaminen peruttiin. Tuonti on ennallaan.</translation>
    </message>
    <message>
        <source>Checking the list was cancelled. Nothing was written.</source>
        <translation>Luettelon tarkistus peruttiin. Mitään ei kirjoitettu.</translation>
    </message>
    <message>
        <source>The file {file} has been changed since it was read. This is the list as it is now.</source>
        <translation>Tiedostoa {file} on muutettu sen jälkeen, kun se luettiin. Tässä luettelo sellaisena kuin se nyt on.</translation>
    </message>
    <message>
        <source>The rows are being checked. Look at the verdicts, then import.</source>
        <translation>Rivejä tarkistetaan. Katso tulokset ja tuo sitten.</translation>
    </message>
    <message>
        <source>Asking Exchange was stopped. What was answered is kept.</source>
        <translation>Kysyminen Exchangelta lopetettiin. Saadut vastaukset säilyvät.</translation>
    </message>
    <message numerus="yes">
        <source>%n mailbox(es) found that may be used.</source>
        <translation>
            <numerusform>%n postilaatikko löytyi ja on käytettävissä.</numerusform>
            <numerusform>%n postilaatikkoa löytyi ja on käytettävissä.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) rejected because of the mailbox.</source>
        <translation>
            <numerusform>%n rivi hylättiin postilaatikon takia.</numerusform>
            <numerusform>%n riviä hylättiin postilaatikon takia.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n login(s) got no certain answer.</source>
        <translation>
            <numerusform>%n tunnus jäi vaille varmaa vastausta.</numerusform>
            <numerusform>%n tunnusta jäi vaille varmaa vastausta.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing to ask: the mailboxes of the chosen rows have been found, or they have no login.</source>
        <translation>Ei kysyttävää: valittujen rivien postilaatikot on jo löydetty, tai riveillä ei ole tunnusta.</translation>
    </message>
    <message>
        <source>The server was busy or did not answer; ask again in a moment.</source>
        <translation>Palvelin oli kiireinen tai ei vastannut. Kysy hetken päästä uudelleen.</translation>
    </message>
    <message>
        <source>Correct the logins in the list, or leave the rows as they are: they change nothing.</source>
        <translation>Korjaa tunnukset luetteloon, tai jätä rivit silleen: ne eivät muuta mitään.</translation>
    </message>
    <message numerus="yes">
        <source>%n changed person(s) have their former data again.</source>
        <translation>
            <numerusform>%n muutettu henkilö sai entiset tietonsa takaisin.</numerusform>
            <numerusform>%n muutettua henkilöä sai entiset tietonsa takaisin.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n added person(s) are gone.</source>
        <translation>
            <numerusform>%n lisätty henkilö poistettiin.</numerusform>
            <numerusform>%n lisättyä henkilöä poistettiin.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n person(s) were left as they are.</source>
        <translation>
            <numerusform>%n henkilö jätettiin ennalleen.</numerusform>
            <numerusform>%n henkilöä jätettiin ennalleen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Somebody or something has touched them since; see the details.</source>
        <translation>Heidän tietojaan on muutettu tai synkronoitu tuonnin jälkeen. Katso tiedot.</translation>
    </message>
</context>
<context>
    <name>ImportRemedy</name>
    <message>
        <source>Add a row with the headings of the columns at the top of the list (ValueFrame ID, Name, E-mail, Company, Login). The empty list has them ready.</source>
        <translation>Lisää luettelon alkuun rivi, jolla on sarakkeiden otsikot (ValueFrame ID, Nimi, Sähköposti, Yhtiö, Integraatiotunnus). Tyhjässä luettelossa ne ovat valmiina.</translation>
    </message>
    <message>
        <source>The latest imports stand below the place to drop a list.</source>
        <translation>Viimeisimmät tuonnit näkyvät tuonnin aloitussivulla.</translation>
    </message>
    <message>
        <source>Nothing needs to be done.</source>
        <translation>Mitään ei tarvitse tehdä.</translation>
    </message>
</context>
<context>
    <name>ImportRow</name>
    <message>
        <source>{field}: {new}</source>
        <translation>{field}: {new}</translation>
    </message>
    <message>
        <source>{field}: {old} → {new}</source>
        <translation>{field}: {old} → {new}</translation>
    </message>
    <message>
        <source>Row {row}: {name}</source>
        <translation>Rivi {row}: {name}</translation>
    </message>
    <message>
        <source>no name</source>
        <translation>ei nimeä</translation>
    </message>
    <message>
        <source>mailbox found</source>
        <translation>postilaatikko löytyi</translation>
    </message>
    <message>
        <source>mailbox uncertain</source>
        <translation>postilaatikko jäi epävarmaksi</translation>
    </message>
    <message>
        <source>Exchange: the mailbox {mailbox} is there.</source>
        <translation>Exchange: postilaatikko {mailbox} löytyi.</translation>
    </message>
    <message>
        <source>Exchange: {reason}</source>
        <translation>Exchange: {reason}</translation>
    </message>
    <message>
        <source>That is not certain; ask again in a moment.</source>
        <translation>Vastaus ei ole varma. Kysy hetken päästä uudelleen.</translation>
    </message>
    <message>
        <source>activated</source>
        <translation>aktivoitiin</translation>
    </message>
    <message>
        <source>will be activated</source>
        <translation>aktivoidaan</translation>
    </message>
    <message>
        <source>New person</source>
        <translation>Uusi henkilö</translation>
    </message>
    <message>
        <source>Nothing to change</source>
        <translation>Ei muutettavaa</translation>
    </message>
    <message>
        <source>Column {column}: {value}</source>
        <translation>Sarake {column}: {value}</translation>
    </message>
    <message>
        <source>Column {column}: empty</source>
        <translation>Sarake {column}: tyhjä</translation>
    </message>
    <message>
        <source>The integration will be activated.</source>
        <translation>Integraatio aktivoidaan.</translation>
    </message>
    <message>
        <source>The integration was activated.</source>
        <translation>Integraatio aktivoitiin.</translation>
    </message>
</context>
<context>
    <name>ImportScreen</name>
    <message>
        <source>Rows of the list</source>
        <translation>Luettelon rivit</translation>
    </message>
    <message>
        <source>The row in full</source>
        <translation>Rivi kokonaan</translation>
    </message>
</context>
<context>
    <name>ImportTable</name>
    <message>
        <source>empty</source>
        <translation>tyhjä</translation>
    </message>
    <message>
        <source>In the list: {title}</source>
        <translation>Luettelossa: {title}</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>Rivi</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Tulos</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Tulos</translation>
    </message>
    <message>
        <source>What changes</source>
        <translation>Mikä muuttuu</translation>
    </message>
    <message>
        <source>What changed</source>
        <translation>Mikä muuttui</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Tarkistetaan…</translation>
    </message>
    <message>
        <source>Now: {old}</source>
        <translation>Nyt: {old}</translation>
    </message>
</context>
<context>
    <name>ImportValue</name>
    <message>
        <source>default calendar</source>
        <translation>oletuskalenteri</translation>
    </message>
    <message>
        <source>new calendar</source>
        <translation>uusi kalenteri</translation>
    </message>
    <message>
        <source>person</source>
        <translation>henkilö</translation>
    </message>
    <message>
        <source>resource</source>
        <translation>resurssi</translation>
    </message>
    <message>
        <source>not in use</source>
        <translation>ei käytössä</translation>
    </message>
</context>
<context>
    <name>ImportVerdict</name>
    <message>
        <source>Add</source>
        <translation>Lisätään</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Muutetaan</translation>
    </message>
    <message>
        <source>Unchanged</source>
        <translation>Ennallaan</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Hylätty</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Jätetty pois</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Lisätty</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Muutettu</translation>
    </message>
</context>
<context>
    <name>IncidentBar</name>
    <message>
        <source>Show the report</source>
        <translation>Näytä vikaraportti</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopioi</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Avaa kansio</translation>
    </message>
    <message>
        <source>Show the log</source>
        <translation>Näytä loki</translation>
    </message>
    <message>
        <source>Close the message</source>
        <translation>Sulje viesti</translation>
    </message>
    <message>
        <source>An unexpected error occurred in vfadmin</source>
        <translation>vfadminissa tapahtui odottamaton virhe</translation>
    </message>
    <message>
        <source>vfadmin closed unexpectedly the last time</source>
        <translation>vfadmin sulkeutui viimeksi odottamatta</translation>
    </message>
    <message>
        <source>vfadmin was not closed in order the last time</source>
        <translation>vfadminia ei viimeksi suljettu hallitusti</translation>
    </message>
    <message>
        <source>What you were doing may not have been completed: check it, and try again if need be.</source>
        <translation>Kesken ollut toiminto ei ehkä valmistunut: tarkista tilanne ja yritä tarvittaessa uudelleen.</translation>
    </message>
    <message>
        <source>Everything saved before is there, and synchronisation goes on where it was.</source>
        <translation>Kaikki aiemmin tallennettu on tallessa, ja synkronointi jatkuu siitä, mihin se jäi.</translation>
    </message>
    <message>
        <source>The computer may have been switched off, or the program ended by force. Everything saved before is there.</source>
        <translation>Ehkä tietokone sammui tai ohjelma pakotettiin päättymään. Kaikki aiemmin tallennettu on tallessa.</translation>
    </message>
    <message>
        <source>A report could not be saved, but it can be copied here. Nothing was sent anywhere.</source>
        <translation>Vikaraporttia ei voitu tallentaa, mutta voit kopioida sen tästä. Mitään ei lähetetty minnekään.</translation>
    </message>
    <message>
        <source>The folder could not be opened. The report is here: {path}</source>
        <translation>Kansiota ei voitu avata. Vikaraportti on täällä: {path}</translation>
    </message>
    <message>
        <source>A report was saved on this computer. Nothing was sent anywhere.</source>
        <translation>Vikaraportti tallennettiin tälle tietokoneelle. Mitään ei lähetetty minnekään.</translation>
    </message>
</context>
<context>
    <name>InfoBar</name>
    <message>
        <source>Code {code}</source>
        <translation>Koodi {code}</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Yritä uudelleen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopioi</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Lisätiedot</translation>
    </message>
    <message>
        <source>Close the message</source>
        <translation>Sulje viesti</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Viesti</translation>
    </message>
</context>
<context>
    <name>Interior</name>
    <message>
        <source>Closing after the write in hand…</source>
        <translation>Suljetaan, kun käynnissä oleva kirjoitus on valmis…</translation>
    </message>
</context>
<context>
    <name>KeysDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Pikanäppäimet</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Sulje</translation>
    </message>
    <message>
        <source>Selected persons</source>
        <translation>Valitut henkilöt</translation>
    </message>
    <message>
        <source>Search and results</source>
        <translation>Haku ja tulokset</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Tuonti</translation>
    </message>
    <message>
        <source>Waiting for a decision</source>
        <translation>Odottaa päätöstä</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Ikkuna</translation>
    </message>
    <message>
        <source>or</source>
        <translation>tai</translation>
    </message>
</context>
<context>
    <name>LatestImports</name>
    <message>
        <source>Latest imports</source>
        <translation>Viimeisimmät tuonnit</translation>
    </message>
    <message>
        <source>{created} added, {updated} changed</source>
        <translation>lisätty {created}, muutettu {updated}</translation>
    </message>
    <message>
        <source>undone</source>
        <translation>kumottu</translation>
    </message>
    <message>
        <source>Undo…</source>
        <translation>Kumoa…</translation>
    </message>
    <message>
        <source>Undo the import of {file}</source>
        <translation>Kumoa tuonti: {file}</translation>
    </message>
</context>
<context>
    <name>Loader</name>
    <message>
        <source>Checking {done} / {total} rows</source>
        <translation>Tarkistetaan {done} / {total} riviä</translation>
    </message>
    <message>
        <source>Reading {file}</source>
        <translation>Luetaan tiedostoa {file}</translation>
    </message>
    <message>
        <source>Checking the rows</source>
        <translation>Tarkistetaan rivejä</translation>
    </message>
    <message>
        <source>Importing {percent} %</source>
        <translation>Tuodaan, {percent} % valmiina</translation>
    </message>
    <message>
        <source>Undoing {percent} %</source>
        <translation>Kumotaan, {percent} % valmiina</translation>
    </message>
    <message>
        <source>Writing {file}</source>
        <translation>Kirjoitetaan tiedostoa {file}</translation>
    </message>
</context>
<context>
    <name>Log</name>
    <message>
        <source>Debug</source>
        <translation>Vianetsintä</translation>
    </message>
    <message>
        <source>Info</source>
        <translation>Tieto</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Varoitus</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Virhe</translation>
    </message>
    <message>
        <source>Critical</source>
        <translation>Vakava virhe</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Aika</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Taso</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Viesti</translation>
    </message>
    <message>
        <source>Part of the program</source>
        <translation>Ohjelman osa</translation>
    </message>
</context>
<context>
    <name>LogScreen</name>
    <message>
        <source>The log cannot be read.</source>
        <translation>Lokia ei voi lukea.</translation>
    </message>
    <message>
        <source>Check that you may read the file {path}.</source>
        <translation>Tarkista, että sinulla on lukuoikeus tiedostoon {path}.</translation>
    </message>
    <message>
        <source>{shown} / {total} entries</source>
        <translation>{shown} / {total} riviä</translation>
    </message>
    <message>
        <source>No entry of the log matches.</source>
        <translation>Hakua vastaavia lokirivejä ei ole.</translation>
    </message>
    <message>
        <source>The log has no entries yet.</source>
        <translation>Lokissa ei ole vielä rivejä.</translation>
    </message>
    <message>
        <source>The folder could not be opened.</source>
        <translation>Kansiota ei voitu avata.</translation>
    </message>
    <message>
        <source>The log is here: {path}</source>
        <translation>Loki on täällä: {path}</translation>
    </message>
    <message>
        <source>Text in the log</source>
        <translation>Etsi lokista</translation>
    </message>
    <message>
        <source>All levels</source>
        <translation>Kaikki tasot</translation>
    </message>
    <message>
        <source>Without debugging</source>
        <translation>Ilman vianetsintää</translation>
    </message>
    <message>
        <source>Warnings and errors</source>
        <translation>Varoitukset ja virheet</translation>
    </message>
    <message>
        <source>Errors only</source>
        <translation>Vain virheet</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Taso</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopioi</translation>
    </message>
    <message>
        <source>Copies the selected entries, or all that are shown if none is selected.</source>
        <translation>Kopioi valitut rivit tai, jos mitään ei ole valittu, kaikki näkyvät rivit.</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Avaa kansio</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Loki</translation>
    </message>
    <message>
        <source>The whole entry</source>
        <translation>Koko lokimerkintä</translation>
    </message>
</context>
<context>
    <name>LongJobs</name>
    <message numerus="yes">
        <source>%n mailbox(es) synchronised.</source>
        <translation>
            <numerusform>%n postilaatikko synkronoitiin.</numerusform>
            <numerusform>%n postilaatikkoa synkronoitiin.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed; the person&apos;s row says why.</source>
        <translation>
            <numerusform>%n epäonnistui. Syy näkyy henkilön rivillä.</numerusform>
            <numerusform>%n epäonnistui. Syyt näkyvät henkilöiden riveillä.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MoveDialog</name>
    <message numerus="yes">
        <source>%n mailbox(es) go by Graph now.</source>
        <translation>
            <numerusform>%n postilaatikko käyttää nyt Graphia.</numerusform>
            <numerusform>%n postilaatikkoa käyttää nyt Graphia.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n mailbox(es) go by EWS now.</source>
        <translation>
            <numerusform>%n postilaatikko käyttää nyt EWS:ää.</numerusform>
            <numerusform>%n postilaatikkoa käyttää nyt EWS:ää.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n could not be moved; the row says why.</source>
        <translation>
            <numerusform>%n ei siirtynyt; syy on rivillä.</numerusform>
            <numerusform>%n ei siirtynyt; syyt ovat riveillä.</numerusform>
        </translation>
    </message>
    <message>
        <source>Stopped before the rest.</source>
        <translation>Keskeytetty ennen loppuja.</translation>
    </message>
    <message>
        <source>Move back to EWS</source>
        <translation>Siirto takaisin EWS:ään</translation>
    </message>
    <message>
        <source>Move to Graph</source>
        <translation>Siirto Graphiin</translation>
    </message>
    <message>
        <source>What the move would come to</source>
        <translation>Mitä siirto tekisi</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Keskeytä</translation>
    </message>
    <message>
        <source>M&amp;ove marked ({count})</source>
        <translation>S&amp;iirrä merkityt ({count})</translation>
    </message>
    <message>
        <source>Mark those who are to be moved.</source>
        <translation>Merkitse siirrettävät.</translation>
    </message>
    <message>
        <source>&amp;Take back ({count})</source>
        <translation>&amp;Palauta ({count})</translation>
    </message>
    <message>
        <source>Have those moved here go by Graph again.</source>
        <translation>Tässä siirretyt palaavat käyttämään Graphia.</translation>
    </message>
    <message>
        <source>Have those moved here go by EWS again; possible while EWS answers.</source>
        <translation>Tässä siirretyt palaavat käyttämään EWS:ää. Onnistuu niin kauan kuin EWS vastaa.</translation>
    </message>
    <message>
        <source>These mailboxes go on being synchronised over EWS instead of Microsoft Graph.</source>
        <translation>Näiden postilaatikoiden synkronointi jatkuu EWS:n kautta Microsoft Graphin sijasta.</translation>
    </message>
    <message>
        <source>These mailboxes go on being synchronised over Microsoft Graph instead of EWS.</source>
        <translation>Näiden postilaatikoiden synkronointi jatkuu Microsoft Graphin kautta EWS:n sijasta.</translation>
    </message>
    <message>
        <source>The events stay as they are: the move creates 0, changes 0 and deletes 0 of them.</source>
        <translation>Tapahtumat pysyvät ennallaan: siirto luo 0, muuttaa 0 ja poistaa 0 tapahtumaa.</translation>
    </message>
    <message numerus="yes">
        <source>%n of the selected are there already and not shown.</source>
        <translation>
            <numerusform>%n valituista on siellä jo, eikä sitä näytetä.</numerusform>
            <numerusform>%n valituista on siellä jo, eikä niitä näytetä.</numerusform>
        </translation>
    </message>
    <message>
        <source>Read {done} / {total}</source>
        <translation>Luettu {done} / {total}</translation>
    </message>
    <message>
        <source>Moving {done} / {total}</source>
        <translation>Siirretään {done} / {total}</translation>
    </message>
    <message>
        <source>Of {pairs} events {translated} were found by identifier and {matched} by content; {missing} are missing.</source>
        <translation>Tapahtumia {pairs}: tunnisteella löytyi {translated}, sisällöstä {matched}, puuttuu {missing}.</translation>
    </message>
</context>
<context>
    <name>MoveTable</name>
    <message>
        <source>Goes by Graph now</source>
        <translation>Käyttää nyt Graphia</translation>
    </message>
    <message>
        <source>Goes by EWS now</source>
        <translation>Käyttää nyt EWS:ää</translation>
    </message>
    <message>
        <source>Waits for its turn</source>
        <translation>Odottaa vuoroaan</translation>
    </message>
    <message>
        <source>Looking for the events…</source>
        <translation>Etsitään tapahtumia…</translation>
    </message>
    <message>
        <source>Can be moved</source>
        <translation>Voidaan siirtää</translation>
    </message>
    <message>
        <source>Not read</source>
        <translation>Ei luettu</translation>
    </message>
    <message>
        <source>Waits to be moved</source>
        <translation>Odottaa siirtoa</translation>
    </message>
    <message>
        <source>Waits to be taken back</source>
        <translation>Odottaa palautusta</translation>
    </message>
    <message>
        <source>Taken back: goes by Graph</source>
        <translation>Palautettu: käyttää Graphia</translation>
    </message>
    <message>
        <source>Taken back: goes by EWS</source>
        <translation>Palautettu: käyttää EWS:ää</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Henkilö</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Tapahtumat</translation>
    </message>
    <message>
        <source>By identifier</source>
        <translation>Tunnisteella</translation>
    </message>
    <message>
        <source>By content</source>
        <translation>Sisällöstä</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>Puuttuu</translation>
    </message>
    <message>
        <source>Standing</source>
        <translation>Tilanne</translation>
    </message>
    <message>
        <source>Marked persons are moved. Space marks the selected rows.</source>
        <translation>Merkityt siirretään. Välilyönti merkitsee valitut rivit.</translation>
    </message>
    <message>
        <source>Events that are synchronised now and go along.</source>
        <translation>Nyt synkronoidut tapahtumat, jotka siirtyvät mukana.</translation>
    </message>
    <message>
        <source>Events whose new identifier Office 365 tells.</source>
        <translation>Tapahtumat, joiden uuden tunnisteen Office 365 kertoo.</translation>
    </message>
    <message>
        <source>Events known by ValueFrame&apos;s key, their UID, or a start, end and title that exist once.</source>
        <translation>Tapahtumat, jotka tunnetaan ValueFramen avaimesta, UID:stä tai kerran esiintyvästä alusta, lopusta ja otsikosta.</translation>
    </message>
    <message>
        <source>Events that were not found. Such a mailbox stays where it is.</source>
        <translation>Tapahtumat, joita ei löytynyt. Sellaista postilaatikkoa ei siirretä.</translation>
    </message>
    <message>
        <source>What was found, and what became of the move.</source>
        <translation>Mitä löytyi ja miten siirto sujui.</translation>
    </message>
</context>
<context>
    <name>Navigation</name>
    <message>
        <source>Screens</source>
        <translation>Näkymät</translation>
    </message>
    <message>
        <source>Persons</source>
        <translation>Henkilöt</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Tuonti</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>Häiriöt</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Asetukset</translation>
    </message>
    <message>
        <source>Support</source>
        <translation>Tuki</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Loki</translation>
    </message>
</context>
<context>
    <name>NewTroubles</name>
    <message numerus="yes">
        <source>Synchronisation stopped for %n mailbox(es).</source>
        <translation>
            <numerusform>%n postilaatikon synkronointi pysähtyi.</numerusform>
            <numerusform>%n postilaatikon synkronointi pysähtyi.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n mailbox(es) have not been synchronised for long.</source>
        <translation>
            <numerusform>%n postilaatikko ei ole synkronoitunut pitkään aikaan.</numerusform>
            <numerusform>%n postilaatikkoa ei ole synkronoitunut pitkään aikaan.</numerusform>
        </translation>
    </message>
    <message>
        <source>Open Problems to see what to do.</source>
        <translation>Katso Häiriöt-näkymästä, mitä tehdä.</translation>
    </message>
</context>
<context>
    <name>OpenDialog</name>
    <message>
        <source>Spreadsheets and lists</source>
        <translation>Taulukot ja luettelot</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Kaikki tiedostot</translation>
    </message>
</context>
<context>
    <name>OperationTable</name>
    <message>
        <source>(no title)</source>
        <translation>(ei otsikkoa)</translation>
    </message>
    <message>
        <source>Left as it is</source>
        <translation>Jätetään ennalleen</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Tapahtuma</translation>
    </message>
    <message>
        <source>Starts</source>
        <translation>Alkaa</translation>
    </message>
    <message>
        <source>What would be done</source>
        <translation>Mitä tehtäisiin</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Miksi</translation>
    </message>
</context>
<context>
    <name>PasswordDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Peruuta</translation>
    </message>
    <message>
        <source>Protected list</source>
        <translation>Suojattu luettelo</translation>
    </message>
    <message>
        <source>The list {file} is protected by a password. It is used once, to read the list.</source>
        <translation>Luettelo {file} on suojattu salasanalla. Salasanaa käytetään kerran, luettelon lukemiseen.</translation>
    </message>
    <message>
        <source>That password does not open the list. Check it and try again.</source>
        <translation>Salasana ei avaa luetteloa. Tarkista se ja yritä uudelleen.</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Salasana</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>&amp;Avaa</translation>
    </message>
</context>
<context>
    <name>PauseButton</name>
    <message>
        <source>Stop all synchronisation on all computers?</source>
        <translation>Keskeytetäänkö kaikki synkronointi kaikilla koneilla?</translation>
    </message>
    <message>
        <source>What is being written now is finished, then nothing is synchronised until somebody lets it go on. Nothing is deleted, and what changes meanwhile is synchronised then.</source>
        <translation>Kesken oleva kirjoitus tehdään loppuun, sen jälkeen mitään ei synkronoida ennen kuin joku jatkaa. Mitään ei poisteta, ja sillä välin tehdyt muutokset synkronoidaan jatkettaessa.</translation>
    </message>
    <message>
        <source>Stop everything</source>
        <translation>Keskeytä kaikki</translation>
    </message>
    <message>
        <source>Let synchronisation go on</source>
        <translation>Jatka synkronointia</translation>
    </message>
    <message>
        <source>Stop everything…</source>
        <translation>Keskeytä kaikki…</translation>
    </message>
</context>
<context>
    <name>PersonForm</name>
    <message>
        <source>{field}: now {stored}, in this form {typed}</source>
        <translation>{field}: tallennettuna {stored}, tällä lomakkeella {typed}</translation>
    </message>
    <message>
        <source>Somebody else changed this person meanwhile. Nothing was saved.</source>
        <translation>Joku muu muutti henkilön tietoja sillä välin. Mitään ei tallennettu.</translation>
    </message>
    <message>
        <source>Take the stored data, then make your change again.</source>
        <translation>Hae tallennetut tiedot ja tee muutoksesi uudelleen.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Sulje</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nimi</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>Sähköposti</translation>
    </message>
    <message>
        <source>Company</source>
        <translation>Yhtiö</translation>
    </message>
    <message>
        <source>Active in ValueFrame</source>
        <translation>Aktiivinen ValueFramessa</translation>
    </message>
    <message>
        <source>Resource</source>
        <translation>Resurssi</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>Integraatiotunnus</translation>
    </message>
    <message>
        <source>Calendar</source>
        <translation>Kalenteri</translation>
    </message>
    <message>
        <source>Name of the calendar</source>
        <translation>Kalenterin nimi</translation>
    </message>
    <message>
        <source>Basic data</source>
        <translation>Perustiedot</translation>
    </message>
    <message>
        <source>Exchange synchronisation</source>
        <translation>Exchange-synkronointi</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Tapahtumat</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Historia</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Tallenna</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Peruuta</translation>
    </message>
    <message>
        <source>Take the stored data</source>
        <translation>Hae tallennetut tiedot</translation>
    </message>
    <message>
        <source>Parts of the form</source>
        <translation>Lomakkeen osat</translation>
    </message>
</context>
<context>
    <name>Persons</name>
    <message>
        <source>enter login</source>
        <translation>anna tunnus</translation>
    </message>
    <message>
        <source>links only</source>
        <translation>vain liitokset</translation>
    </message>
    <message>
        <source>resource</source>
        <translation>resurssi</translation>
    </message>
    <message>
        <source>inactive</source>
        <translation>passiivinen henkilö</translation>
    </message>
    <message>
        <source>Click to enter the login.</source>
        <translation>Anna integraatiotunnus napsauttamalla.</translation>
    </message>
    <message>
        <source>not in use</source>
        <translation>ei käytössä</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>tyhjä</translation>
    </message>
    <message>
        <source>Enter the login first.</source>
        <translation>Anna ensin integraatiotunnus.</translation>
    </message>
    <message>
        <source>The person is inactive in ValueFrame.</source>
        <translation>Henkilö on ValueFramessa passiivinen.</translation>
    </message>
    <message>
        <source>Events that wait: {count}</source>
        <translation>Odottavia tapahtumia: {count}</translation>
    </message>
    <message>
        <source>The connection has failed since {time}. Trying again by itself; nothing needs to be done.</source>
        <translation>Synkronointi ei ole onnistunut {time} jälkeen. Ohjelma yrittää itsestään uudelleen, mitään ei tarvitse tehdä.</translation>
    </message>
    <message>
        <source>The integration is on and working.</source>
        <translation>Integraatio on päällä ja toimii.</translation>
    </message>
    <message>
        <source>The integration was switched off by hand.</source>
        <translation>Integraatio on kytketty pois päältä käsin.</translation>
    </message>
    <message>
        <source>The integration stopped on an error.</source>
        <translation>Integraatio on pysähtynyt virheeseen.</translation>
    </message>
    <message>
        <source>The integration has not been activated.</source>
        <translation>Integraatiota ei ole aktivoitu.</translation>
    </message>
    <message>
        <source>A resource&apos;s own events are not synchronised, only its links to other people&apos;s events. That is why there is no time here.</source>
        <translation>Resurssin omia tapahtumia ei synkronoida, ainoastaan liitokset muiden tapahtumiin. Siksi tässä ei ole aikaa.</translation>
    </message>
    <message>
        <source>{name} is in use. Using it together with the Exchange integration is possible but not recommended: the same events may travel along two ways.</source>
        <translation>{name} on käytössä. Sen käyttäminen yhtä aikaa Exchange-integraation kanssa on mahdollista, mutta ei suositeltavaa: samat tapahtumat voivat kulkea kahta reittiä.</translation>
    </message>
    <message>
        <source>Last used {time}.</source>
        <translation>Käytetty viimeksi {time}.</translation>
    </message>
    <message>
        <source>Source: entered by hand</source>
        <translation>Lähde: merkitty käsin</translation>
    </message>
    <message>
        <source>Source: the list {file}</source>
        <translation>Lähde: luettelo {file}</translation>
    </message>
    <message>
        <source>Source: an imported list</source>
        <translation>Lähde: tuotu luettelo</translation>
    </message>
</context>
<context>
    <name>Phrases</name>
    <message numerus="yes">
        <source>%n person(s) activated.</source>
        <translation>
            <numerusform>%n henkilö aktivoitiin.</numerusform>
            <numerusform>%n henkilöä aktivoitiin.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n person(s) passivated.</source>
        <translation>
            <numerusform>%n henkilö passivoitiin.</numerusform>
            <numerusform>%n henkilöä passivoitiin.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n person(s) resumed.</source>
        <translation>
            <numerusform>%n henkilön synkronointi palautettiin.</numerusform>
            <numerusform>%n henkilön synkronointi palautettiin.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The Exchange account of %n person(s) removed.</source>
        <translation>
            <numerusform>%n henkilön Exchange-tili poistettiin.</numerusform>
            <numerusform>%n henkilön Exchange-tili poistettiin.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The removal of %n Exchange account(s) has begun.</source>
        <translation>
            <numerusform>%n Exchange-tilin poistaminen alkoi.</numerusform>
            <numerusform>%n Exchange-tilin poistaminen alkoi.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The activation of %n person(s) was undone. What was synchronised meanwhile stays in both calendars.</source>
        <translation>
            <numerusform>%n henkilön aktivointi kumottiin. Sillä välin synkronoidut tapahtumat jäävät molempiin kalentereihin.</numerusform>
            <numerusform>%n henkilön aktivointi kumottiin. Sillä välin synkronoidut tapahtumat jäävät molempiin kalentereihin.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The passivation of %n person(s) was undone.</source>
        <translation>
            <numerusform>%n henkilön passivointi kumottiin.</numerusform>
            <numerusform>%n henkilön passivointi kumottiin.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The former login of %n person(s) is back.</source>
        <translation>
            <numerusform>%n henkilön aiempi integraatiotunnus palautettiin.</numerusform>
            <numerusform>%n henkilön aiempi integraatiotunnus palautettiin.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n already were so.</source>
        <translation>
            <numerusform>%n oli jo valmiiksi tässä tilassa.</numerusform>
            <numerusform>%n oli jo valmiiksi tässä tilassa.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n left as they are.</source>
        <translation>
            <numerusform>%n jätettiin ennalleen.</numerusform>
            <numerusform>%n jätettiin ennalleen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n refused.</source>
        <translation>
            <numerusform>%n henkilön muutos ei onnistunut.</numerusform>
            <numerusform>%n henkilön muutos ei onnistunut.</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancelled before the rest.</source>
        <translation>Loput peruttiin.</translation>
    </message>
    <message numerus="yes">
        <source>And %n more.</source>
        <translation>
            <numerusform>Ja vielä %n muu.</numerusform>
            <numerusform>Ja vielä %n muuta.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Undo: activate %n person(s)</source>
        <translation>
            <numerusform>Kumoa: %n henkilön aktivointi</numerusform>
            <numerusform>Kumoa: %n henkilön aktivointi</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Undo: passivate %n person(s)</source>
        <translation>
            <numerusform>Kumoa: %n henkilön passivointi</numerusform>
            <numerusform>Kumoa: %n henkilön passivointi</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo: change of a login</source>
        <translation>Kumoa: integraatiotunnuksen muutos</translation>
    </message>
    <message>
        <source>Activating {done} / {total}</source>
        <translation>Aktivoidaan {done} / {total}</translation>
    </message>
    <message>
        <source>Passivating {done} / {total}</source>
        <translation>Passivoidaan {done} / {total}</translation>
    </message>
    <message>
        <source>Resuming {done} / {total}</source>
        <translation>Palautetaan {done} / {total}</translation>
    </message>
    <message>
        <source>Removing {done} / {total}</source>
        <translation>Poistetaan {done} / {total}</translation>
    </message>
    <message>
        <source>Undoing {done} / {total}</source>
        <translation>Kumotaan {done} / {total}</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n rivi</numerusform>
            <numerusform>%n riviä</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{rows}, %n selected</source>
        <translation>
            <numerusform>{rows}, %n valittu</numerusform>
            <numerusform>{rows}, %n valittua</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove the Exchange account of {name}?</source>
        <translation>Poistetaanko Exchange-tili henkilöltä {name}?</translation>
    </message>
    <message numerus="yes">
        <source>Remove the Exchange account of %n person(s)?</source>
        <translation>
            <numerusform>Poistetaanko %n henkilön Exchange-tili?</numerusform>
            <numerusform>Poistetaanko %n henkilön Exchange-tilit?</numerusform>
        </translation>
    </message>
    <message>
        <source>Removing an account cannot be undone. Synchronisation ends at once. No event is deleted from either calendar, and the login stays entered. After a new activation the calendars are matched from the beginning.</source>
        <translation>Tilin poistamista ei voi kumota. Synkronointi päättyy heti. Kummastakaan kalenterista ei poisteta tapahtumia, ja integraatiotunnus jää talteen. Jos integraatio aktivoidaan uudelleen, kalenterit sovitetaan yhteen alusta.</translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) came to the mailbox from ValueFrame. &quot;Remove and take events out&quot; moves them to its Deleted Items, in the background. What somebody has edited in Outlook stays.</source>
        <translation>
            <numerusform>Postilaatikkoon on tuotu ValueFramesta %n tapahtuma. ”Poista ja siivoa postilaatikko” siirtää sen taustalla Poistetut-kansioon. Jos joku on muokannut sitä Outlookissa, se jää paikalleen.</numerusform>
            <numerusform>Postilaatikkoon on tuotu ValueFramesta %n tapahtumaa. ”Poista ja siivoa postilaatikko” siirtää ne taustalla Poistetut-kansioon. Outlookissa muokatut tapahtumat jäävät paikalleen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PreviewDialog</name>
    <message>
        <source>The previous change is still being made.</source>
        <translation>Edellinen muutos on vielä kesken.</translation>
    </message>
    <message>
        <source>Preview before activation</source>
        <translation>Esikatselu ennen aktivointia</translation>
    </message>
    <message>
        <source>What the first synchronisation would do</source>
        <translation>Mitä ensimmäinen synkronointi tekisi</translation>
    </message>
    <message>
        <source>Stop reading</source>
        <translation>Keskeytä lukeminen</translation>
    </message>
    <message>
        <source>&amp;Activate marked ({count})</source>
        <translation>&amp;Aktivoi merkityt ({count})</translation>
    </message>
    <message>
        <source>This is what the first synchronisation would do. The preview writes nothing into the calendars.</source>
        <translation>Tässä näkyy, mitä ensimmäinen synkronointi tekisi. Esikatselu ei kirjoita kalentereihin mitään.</translation>
    </message>
    <message>
        <source>Mark those who are to be activated.</source>
        <translation>Merkitse ensin aktivoitavat.</translation>
    </message>
    <message>
        <source>Begin with a few: the first {count} are marked. Go on with the others when these are active.</source>
        <translation>Aloita muutamasta: {count} ensimmäistä on merkitty. Jatka muihin, kun näiden tila on Aktiivinen.</translation>
    </message>
    <message numerus="yes">
        <source>%n of the selected are active already and not shown.</source>
        <translation>
            <numerusform>%n valituista on jo aktiivinen eikä näy tässä.</numerusform>
            <numerusform>%n valituista on jo aktiivisia eikä näy tässä.</numerusform>
        </translation>
    </message>
    <message>
        <source>Read {done} / {total}</source>
        <translation>Luettu {done} / {total}</translation>
    </message>
    <message numerus="yes">
        <source>%n activated wait for the first synchronisation.</source>
        <translation>
            <numerusform>%n aktivoitu odottaa ensimmäistä synkronointia.</numerusform>
            <numerusform>%n aktivoitua odottaa ensimmäistä synkronointia.</numerusform>
        </translation>
    </message>
    <message>
        <source>In both calendars already: {matched}. To be created: {to_valueframe} in ValueFrame, {to_exchange} in Exchange.</source>
        <translation>Molemmissa kalentereissa jo: {matched}. Luotavia: ValueFrameen {to_valueframe}, Exchangeen {to_exchange}.</translation>
    </message>
</context>
<context>
    <name>PreviewTable</name>
    <message>
        <source>Waits for its turn</source>
        <translation>Odottaa vuoroaan</translation>
    </message>
    <message>
        <source>Reading both calendars…</source>
        <translation>Luetaan molempia kalentereita…</translation>
    </message>
    <message>
        <source>Can be activated</source>
        <translation>Voidaan aktivoida</translation>
    </message>
    <message>
        <source>Not read</source>
        <translation>Ei luettu</translation>
    </message>
    <message>
        <source>Active, delayed: trying again by itself</source>
        <translation>Aktiivinen, viivästynyt: yrittää itse uudelleen</translation>
    </message>
    <message>
        <source>Activated, waits for its first synchronisation</source>
        <translation>Aktivoitu, odottaa ensimmäistä synkronointia</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>Aktiivinen</translation>
    </message>
    <message>
        <source>Active, synchronised {time}</source>
        <translation>Aktiivinen, synkronoitu {time}</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Henkilö</translation>
    </message>
    <message>
        <source>On both sides</source>
        <translation>Molemmissa</translation>
    </message>
    <message>
        <source>To ValueFrame</source>
        <translation>ValueFrameen</translation>
    </message>
    <message>
        <source>To Exchange</source>
        <translation>Exchangeen</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Muuttuu</translation>
    </message>
    <message>
        <source>Deleted</source>
        <translation>Poistuu</translation>
    </message>
    <message>
        <source>Standing</source>
        <translation>Tilanne</translation>
    </message>
    <message>
        <source>Marked persons are activated. Space marks the selected rows.</source>
        <translation>Merkityt aktivoidaan. Välilyönti merkitsee valitut rivit.</translation>
    </message>
    <message>
        <source>Events that are in both calendars already; they are joined, not copied.</source>
        <translation>Tapahtumat, jotka ovat jo molemmissa kalentereissa. Ne yhdistetään, ei kopioida.</translation>
    </message>
    <message>
        <source>Events that would be created in ValueFrame.</source>
        <translation>Tapahtumat, jotka luotaisiin ValueFrameen.</translation>
    </message>
    <message>
        <source>Events that would be created in Exchange.</source>
        <translation>Tapahtumat, jotka luotaisiin Exchangeen.</translation>
    </message>
    <message>
        <source>Events in which a detail would be changed on either side.</source>
        <translation>Tapahtumat, joiden tietoja muutettaisiin jommallakummalla puolella.</translation>
    </message>
    <message>
        <source>Events that would be deleted on either side.</source>
        <translation>Tapahtumat, jotka poistettaisiin jommaltakummalta puolelta.</translation>
    </message>
    <message>
        <source>What was found, and how those stand who were activated.</source>
        <translation>Mitä luettaessa ilmeni ja miten aktivoiduilla sujuu.</translation>
    </message>
</context>
<context>
    <name>Question</name>
    <message>
        <source>Cancel</source>
        <translation>Peruuta</translation>
    </message>
</context>
<context>
    <name>Questions</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>ja %n muu</numerusform>
            <numerusform>ja %n muuta</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Let the outcome of %n conflict(s) stand?</source>
        <translation>
            <numerusform>Jätetäänkö %n ristiriidan ratkaisu voimaan?</numerusform>
            <numerusform>Jätetäänkö %n ristiriidan ratkaisu voimaan?</numerusform>
        </translation>
    </message>
    <message>
        <source>Let stand</source>
        <translation>Jätä voimaan</translation>
    </message>
    <message>
        <source>Nothing is written in either calendar. What lost stays in the history of the mailbox for as long as the history is kept.</source>
        <translation>Kumpaankaan kalenteriin ei kirjoiteta mitään. Hävinnyt sisältö säilyy postilaatikon historiassa niin kauan kuin historiaa säilytetään.</translation>
    </message>
    <message numerus="yes">
        <source>Leave %n event(s) as they are?</source>
        <translation>
            <numerusform>Jätetäänkö %n tapahtuma ennalleen?</numerusform>
            <numerusform>Jätetäänkö %n tapahtumaa ennalleen?</numerusform>
        </translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Ohita</translation>
    </message>
    <message>
        <source>What was deleted on one side stays on the other, and its later edits stay there. What failed is tried again when somebody edits it.</source>
        <translation>Yhdeltä puolelta poistettu jää toiselle puolelle, eivätkä sen myöhemmät muutokset siirry. Epäonnistunutta yritetään uudelleen, kun joku muokkaa sitä.</translation>
    </message>
    <message numerus="yes">
        <source>Write %n deleted event(s) back?</source>
        <translation>
            <numerusform>Palautetaanko %n poistettu tapahtuma?</numerusform>
            <numerusform>Palautetaanko %n poistettua tapahtumaa?</numerusform>
        </translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Palauta tapahtumat</translation>
    </message>
    <message>
        <source>The next sync writes them, as they are on the other side now, where they were deleted. Nobody is sent mail.</source>
        <translation>Seuraava synkronointi kirjoittaa ne takaisin sinne, mistä ne poistettiin, sellaisina kuin ne ovat nyt toisella puolella. Kenellekään ei lähde sähköpostia.</translation>
    </message>
    <message numerus="yes">
        <source>Process %n event(s)?</source>
        <translation>
            <numerusform>Käsitelläänkö %n tapahtuma?</numerusform>
            <numerusform>Käsitelläänkö %n tapahtumaa?</numerusform>
        </translation>
    </message>
    <message>
        <source>Process</source>
        <translation>Käsittele</translation>
    </message>
    <message>
        <source>To delete: {valueframe} in ValueFrame, {exchange} in Exchange
To try again: {again}</source>
        <translation>Poistetaan: ValueFramesta {valueframe}, Exchangesta {exchange}
Yritetään uudelleen: {again}</translation>
    </message>
    <message>
        <source>The next sync does it. An event that is edited before that is not deleted.</source>
        <translation>Seuraava synkronointi tekee sen. Tapahtumaa, jota muokataan sitä ennen, ei poisteta.</translation>
    </message>
    <message numerus="yes">
        <source>The outcome of %n conflict(s) stands.</source>
        <translation>
            <numerusform>%n ristiriidan ratkaisu jäi voimaan.</numerusform>
            <numerusform>%n ristiriidan ratkaisu jäi voimaan.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) left as they are.</source>
        <translation>
            <numerusform>%n tapahtuma jätettiin ennalleen.</numerusform>
            <numerusform>%n tapahtumaa jätettiin ennalleen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The next sync restores %n event(s).</source>
        <translation>
            <numerusform>Seuraava synkronointi palauttaa %n tapahtuman.</numerusform>
            <numerusform>Seuraava synkronointi palauttaa %n tapahtumaa.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The next sync processes %n event(s).</source>
        <translation>
            <numerusform>Seuraava synkronointi käsittelee %n tapahtuman.</numerusform>
            <numerusform>Seuraava synkronointi käsittelee %n tapahtumaa.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReadingDialog</name>
    <message>
        <source>Progress</source>
        <translation>Edistyminen</translation>
    </message>
    <message>
        <source>&amp;Read again</source>
        <translation>&amp;Lue uudelleen</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Sulje</translation>
    </message>
</context>
<context>
    <name>ReportCard</name>
    <message>
        <source>The import is done: {created} added, {updated} changed, {unchanged} unchanged, {activated} activated, {rejected} rejected.</source>
        <translation>Tuonti on valmis: lisätty {created}, muutettu {updated}, ennallaan {unchanged}, aktivoitu {activated}, hylätty {rejected}.</translation>
    </message>
    <message>
        <source>Rejected rows changed nothing; the report says why, row by row.</source>
        <translation>Hylätyt rivit eivät muuttaneet mitään. Raportti kertoo syyn riveittäin.</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) were left out.</source>
        <translation>
            <numerusform>%n rivi jätettiin pois.</numerusform>
            <numerusform>%n riviä jätettiin pois.</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Save report…</source>
        <translation>&amp;Tallenna raportti…</translation>
    </message>
    <message>
        <source>&amp;Undo the import…</source>
        <translation>&amp;Kumoa tuonti…</translation>
    </message>
    <message>
        <source>Import &amp;another list</source>
        <translation>Tuo to&amp;inen luettelo</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>Report</source>
        <translation>Vikaraportti</translation>
    </message>
    <message>
        <source>This is the whole report. Passwords and other secrets have been removed. If you want support to look into it, send it yourself: vfadmin sends nothing.</source>
        <translation>Tässä on koko vikaraportti. Salasanat ja muut salaisuudet on poistettu siitä. Jos haluat tuen tutkivan vian, lähetä raportti itse: vfadmin ei lähetä mitään.</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopioi</translation>
    </message>
    <message>
        <source>&amp;Open folder</source>
        <translation>&amp;Avaa kansio</translation>
    </message>
    <message>
        <source>Show the &amp;log</source>
        <translation>Näytä &amp;loki</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Sulje</translation>
    </message>
</context>
<context>
    <name>RuleWords</name>
    <message>
        <source>By the rule {rule}</source>
        <translation>Säännön {rule} mukaan</translation>
    </message>
    <message>
        <source>{every}: {days}</source>
        <translation>{every}: {days}</translation>
    </message>
    <message>
        <source>{every}, {day}</source>
        <translation>{every}, {day}</translation>
    </message>
    <message numerus="yes">
        <source>every %n day(s)</source>
        <translation>
            <numerusform>joka päivä</numerusform>
            <numerusform>joka %n. päivä</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>every %n week(s)</source>
        <translation>
            <numerusform>joka viikko</numerusform>
            <numerusform>joka %n. viikko</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>every %n month(s)</source>
        <translation>
            <numerusform>joka kuukausi</numerusform>
            <numerusform>joka %n. kuukausi</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>every %n year(s)</source>
        <translation>
            <numerusform>joka vuosi</numerusform>
            <numerusform>joka %n. vuosi</numerusform>
        </translation>
    </message>
    <message>
        <source>on the last day of the month</source>
        <translation>kuun viimeinen päivä</translation>
    </message>
    <message>
        <source>on day {day}</source>
        <translation>{day}. päivä</translation>
    </message>
    <message>
        <source>{day} in {month}</source>
        <translation>{day}, {month}</translation>
    </message>
    <message>
        <source>MMMM d</source>
        <comment>a date without its year</comment>
        <translation>d. MMMM</translation>
    </message>
    <message>
        <source>the first {day}</source>
        <translation>kuun ensimmäinen {day}</translation>
    </message>
    <message>
        <source>the second {day}</source>
        <translation>kuun toinen {day}</translation>
    </message>
    <message>
        <source>the third {day}</source>
        <translation>kuun kolmas {day}</translation>
    </message>
    <message>
        <source>the fourth {day}</source>
        <translation>kuun neljäs {day}</translation>
    </message>
    <message>
        <source>the last {day}</source>
        <translation>kuun viimeinen {day}</translation>
    </message>
    <message>
        <source>day of the weekend</source>
        <translation>viikonlopun päivä</translation>
    </message>
    <message>
        <source>day</source>
        <translation>päivä</translation>
    </message>
    <message>
        <source>Monday to Friday</source>
        <translation>maanantaista perjantaihin</translation>
    </message>
    <message>
        <source>weekday</source>
        <translation>arkipäivä</translation>
    </message>
    <message numerus="yes">
        <source>, %n time(s)</source>
        <translation>
            <numerusform>, %n kerran</numerusform>
            <numerusform>, %n kertaa</numerusform>
        </translation>
    </message>
    <message>
        <source>, until {date}</source>
        <translation>, {date} asti</translation>
    </message>
</context>
<context>
    <name>Runs</name>
    <message>
        <source>added to ValueFrame</source>
        <translation>lisätty ValueFrameen</translation>
    </message>
    <message>
        <source>added to Exchange</source>
        <translation>lisätty Exchangeen</translation>
    </message>
    <message>
        <source>changed in ValueFrame</source>
        <translation>muutettu ValueFramessa</translation>
    </message>
    <message>
        <source>changed in Exchange</source>
        <translation>muutettu Exchangessa</translation>
    </message>
    <message>
        <source>deleted from ValueFrame</source>
        <translation>poistettu ValueFramesta</translation>
    </message>
    <message>
        <source>deleted from Exchange</source>
        <translation>poistettu Exchangesta</translation>
    </message>
    <message>
        <source>restored in ValueFrame</source>
        <translation>palautettu ValueFrameen</translation>
    </message>
    <message>
        <source>restored in Exchange</source>
        <translation>palautettu Exchangeen</translation>
    </message>
    <message>
        <source>moved to another calendar</source>
        <translation>siirretty toiseen kalenteriin</translation>
    </message>
    <message>
        <source>stays behind, not synchronised</source>
        <translation>jäi paikalleen, ei synkronoida</translation>
    </message>
    <message>
        <source>in conflict</source>
        <translation>ristiriidassa</translation>
    </message>
    <message>
        <source>joined</source>
        <translation>yhdistetty</translation>
    </message>
    <message>
        <source>held back</source>
        <translation>pidätetty</translation>
    </message>
    <message>
        <source>set aside</source>
        <translation>siirretty sivuun</translation>
    </message>
    <message>
        <source>left as it was</source>
        <translation>jätetty ennalleen</translation>
    </message>
    <message>
        <source>new</source>
        <translation>uusi</translation>
    </message>
    <message>
        <source>edited</source>
        <translation>muokattu</translation>
    </message>
    <message>
        <source>changed on both sides</source>
        <translation>muutettu molemmilla puolilla</translation>
    </message>
    <message>
        <source>the same event on both sides</source>
        <translation>sama tapahtuma molemmilla puolilla</translation>
    </message>
    <message>
        <source>deleted on the other side</source>
        <translation>poistettu toisella puolella</translation>
    </message>
    <message>
        <source>a held deletion that an administrator let through</source>
        <translation>pidätetty poisto, jonka pääkäyttäjä hyväksyi</translation>
    </message>
    <message>
        <source>a held deletion that an administrator undid</source>
        <translation>pidätetty poisto, jonka pääkäyttäjä perui</translation>
    </message>
    <message>
        <source>an edit outweighs a deletion</source>
        <translation>muokkaus voittaa poiston</translation>
    </message>
    <message>
        <source>a copy</source>
        <translation>kopio</translation>
    </message>
    <message>
        <source>a duplicate of our own</source>
        <translation>oma kaksoiskappale</translation>
    </message>
    <message>
        <source>a participant&apos;s change, put back to the owner&apos;s version</source>
        <translation>liitetyn henkilön muutos, palautettu omistajan versioon</translation>
    </message>
    <message>
        <source>a meeting with invited people: in Office 365 only Outlook can change it without mail to them</source>
        <translation>tapaaminen, johon on kutsuttu muita: Office 365:ssä sitä voi muuttaa vain Outlookissa, muuten kutsutut saisivat sähköpostia</translation>
    </message>
    <message>
        <source>cannot be shown on the other side</source>
        <translation>ei voi näyttää toisella puolella</translation>
    </message>
    <message>
        <source>waits for an administrator</source>
        <translation>odottaa pääkäyttäjää</translation>
    </message>
    <message>
        <source>fails for now</source>
        <translation>ei toistaiseksi onnistu</translation>
    </message>
    <message>
        <source>a difference found by verifying</source>
        <translation>ero löytyi tarkistuksessa</translation>
    </message>
    <message>
        <source>taken out at the removal</source>
        <translation>otettu pois, kun integraatio poistettiin</translation>
    </message>
    <message>
        <source>a run was undone</source>
        <translation>ajo kumottiin</translation>
    </message>
    <message>
        <source>another calendar was chosen</source>
        <translation>kalenteri vaihdettiin</translation>
    </message>
    <message>
        <source>the same identifier (UID) as another event</source>
        <translation>sama tunniste (UID) kuin toisella tapahtumalla</translation>
    </message>
    <message>
        <source>a recurrence that the other side cannot express</source>
        <translation>toistuvuus, jota toinen puoli ei osaa</translation>
    </message>
    <message>
        <source>a time zone that the other side does not know for all years of the series: choose a usual one, such as Helsinki, or begin a new series</source>
        <translation>aikavyöhyke, jota toinen puoli ei tunne sarjan kaikilta vuosilta: valitse tavallinen aikavyöhyke, esimerkiksi Helsinki, tai aloita uusi sarja</translation>
    </message>
    <message>
        <source>an occurrence in the hour that comes twice when clocks go back, of which Outlook knows only the first: choose another time</source>
        <translation>toistokerta tunnissa, joka kelloja siirrettäessä tulee kahdesti ja josta Outlook tuntee vain ensimmäisen: valitse toinen aika</translation>
    </message>
    <message>
        <source>ValueFrame&apos;s interface does not let it be changed: the change stays in Exchange</source>
        <translation>ValueFramen rajapinta ei anna muuttaa tapahtumaa: muutos jäi vain Exchangeen</translation>
    </message>
    <message>
        <source>failed, {code}</source>
        <translation>epäonnistui, {code}</translation>
    </message>
    <message>
        <source>not finished</source>
        <translation>kesken</translation>
    </message>
    <message>
        <source>no changes</source>
        <translation>ei muutoksia</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>kyllä</translation>
    </message>
    <message>
        <source>no</source>
        <translation>ei</translation>
    </message>
    <message>
        <source>{count} brought</source>
        <translation>{count} tuotu</translation>
    </message>
    <message>
        <source>{count} sent</source>
        <translation>{count} viety</translation>
    </message>
    <message>
        <source>{count} deleted</source>
        <translation>{count} poistettu</translation>
    </message>
    <message>
        <source>{count} in conflict</source>
        <translation>{count} ristiriidassa</translation>
    </message>
    <message>
        <source>{count} skipped</source>
        <translation>{count} ohitettu</translation>
    </message>
    <message>
        <source>(no title)</source>
        <translation>(ei otsikkoa)</translation>
    </message>
</context>
<context>
    <name>SettingsScreen</name>
    <message>
        <source>The settings were saved.</source>
        <translation>Asetukset tallennettiin.</translation>
    </message>
    <message>
        <source>This window</source>
        <translation>Tämä ikkuna</translation>
    </message>
    <message>
        <source>History, for everybody</source>
        <translation>Historia (koko asiakas)</translation>
    </message>
    <message>
        <source>New versions, for everybody</source>
        <translation>Uudet versiot (koko asiakas)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Kieli</translation>
    </message>
    <message>
        <source>&amp;Notify of new problems</source>
        <translation>&amp;Ilmoita uusista häiriöistä</translation>
    </message>
    <message>
        <source>&amp;Default event type</source>
        <translation>&amp;Oletustapahtumalaji</translation>
    </message>
    <message>
        <source>&amp;Old events, days back</source>
        <translation>&amp;Vanhat tapahtumat, päivää taaksepäin</translation>
    </message>
    <message>
        <source>Coming events, months &amp;ahead</source>
        <translation>&amp;Tulevat tapahtumat, kuukautta eteenpäin</translation>
    </message>
    <message>
        <source>Linked &amp;persons</source>
        <translation>&amp;Liitetyt henkilöt</translation>
    </message>
    <message>
        <source>&amp;Unacknowledged as tentative</source>
        <translation>K&amp;uittaamattomat alustavina</translation>
    </message>
    <message>
        <source>If both sides &amp;changed</source>
        <translation>Jos &amp;molemmat muuttuivat</translation>
    </message>
    <message>
        <source>&amp;Interval, minutes</source>
        <translation>&amp;Synkronointiväli, minuuttia</translation>
    </message>
    <message>
        <source>&amp;Share of a calendar, per cent</source>
        <translation>Osuus kalenterista, &amp;prosenttia</translation>
    </message>
    <message>
        <source>At l&amp;east, events</source>
        <translation>Vä&amp;hintään, tapahtumaa</translation>
    </message>
    <message>
        <source>At &amp;most, events</source>
        <translation>&amp;Enintään, tapahtumaa</translation>
    </message>
    <message>
        <source>&amp;History is kept, days</source>
        <translation>Historian säil&amp;ytysaika, vrk</translation>
    </message>
    <message>
        <source>Tell of ne&amp;w versions</source>
        <translation>Ke&amp;rro uusista versioista</translation>
    </message>
    <message>
        <source>A notification, when something stops while the window is in the background.</source>
        <translation>Ilmoitus näytetään, kun jokin pysähtyy ikkunan ollessa taustalla.</translation>
    </message>
    <message>
        <source>The type of events that arrive from Exchange. A change affects everybody&apos;s events that arrive from then on; existing events keep theirs.</source>
        <translation>Exchangesta saapuvien tapahtumien laji. Muutos vaikuttaa kaikkien henkilöiden tapahtumiin, jotka saapuvat sen jälkeen. Olemassa olevat tapahtumat säilyttävät lajinsa.</translation>
    </message>
    <message>
        <source>What ended earlier is not transferred.</source>
        <translation>Tätä aiemmin päättyneitä tapahtumia ei siirretä.</translation>
    </message>
    <message>
        <source>What begins later is transferred when its time comes nearer.</source>
        <translation>Myöhemmin alkavat siirretään, kun niiden aika lähestyy.</translation>
    </message>
    <message>
        <source>An event is in the Outlook calendar of everybody linked to it, and whoever is invited in Outlook is linked to it.</source>
        <translation>Tapahtuma näkyy kaikkien siihen liitettyjen henkilöiden Outlook-kalenterissa, ja Outlookissa kutsutut henkilöt liitetään tapahtumaan.</translation>
    </message>
    <message>
        <source>In Outlook, what a participant has not acknowledged is tentative until he has.</source>
        <translation>Tapahtuma, jota osallistuja ei ole kuitannut, näkyy hänen Outlook-kalenterissaan alustavana, kunnes hän kuittaa sen.</translation>
    </message>
    <message>
        <source>Whose version stays when the same detail was changed on both sides. The other one is kept in history.</source>
        <translation>Kumman muutos jää voimaan, kun samaa tietoa on muutettu molemmissa kalentereissa. Toinen säilyy historiassa.</translation>
    </message>
    <message>
        <source>How often a calendar is looked at when nothing else tells of a change.</source>
        <translation>Kuinka usein kalenteri tarkistetaan, kun muutoksista ei muuten tule tietoa.</translation>
    </message>
    <message>
        <source>If more than this would be deleted from one calendar within a day, the deletions wait for an administrator; everything else goes on.</source>
        <translation>Jos yhdestä kalenterista olisi poistumassa vuorokaudessa tätä enemmän, poistot odottavat pääkäyttäjän päätöstä; kaikki muu jatkuu.</translation>
    </message>
    <message>
        <source>So many deletions a day go through in any calendar.</source>
        <translation>Näin monta poistoa vuorokaudessa menee läpi kalenterin koosta riippumatta.</translation>
    </message>
    <message>
        <source>More than this a day never goes through without an administrator.</source>
        <translation>Tätä useampi poisto vuorokaudessa ei koskaan mene läpi ilman pääkäyttäjää.</translation>
    </message>
    <message>
        <source>From {least} to {most} days. What is older is removed for good: a run can then no more be undone, nor what lost a conflict be restored.</source>
        <translation>{least}–{most} vuorokautta. Vanhempi poistetaan lopullisesti: sen jälkeen ajoa ei voi kumota eikä ristiriidan häviäjää palauttaa.</translation>
    </message>
    <message>
        <source>Every open window asks the publisher once a day whether there is a newer version. Nothing is downloaded or installed. Where the network is closed, take this away.</source>
        <translation>Jokainen avoin ikkuna kysyy julkaisijalta kerran vuorokaudessa, onko uudempaa versiota. Mitään ei ladata eikä asenneta. Ota tämä pois, jos verkko on suljettu.</translation>
    </message>
    <message>
        <source>ValueFrame stays</source>
        <translation>ValueFramen muutos jää voimaan</translation>
    </message>
    <message>
        <source>Events, for everybody</source>
        <translation>Tapahtumat (koko asiakas)</translation>
    </message>
    <message>
        <source>Synchronisation, for everybody</source>
        <translation>Synkronointi (koko asiakas)</translation>
    </message>
    <message>
        <source>When many events would be deleted</source>
        <translation>Kun poistettavia on paljon</translation>
    </message>
    <message>
        <source>Exchange stays</source>
        <translation>Exchangen muutos jää voimaan</translation>
    </message>
    <message>
        <source>No type</source>
        <translation>Ei lajia</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Tallenna</translation>
    </message>
    <message>
        <source>Discard changes</source>
        <translation>Hylkää muutokset</translation>
    </message>
</context>
<context>
    <name>SortMenus</name>
    <message>
        <source>Sort by</source>
        <translation>Lajittele</translation>
    </message>
    <message>
        <source>Then by</source>
        <translation>Lajittele lisäksi</translation>
    </message>
    <message>
        <source>{column}, descending</source>
        <translation>{column}, laskeva</translation>
    </message>
    <message>
        <source>{column}, ascending</source>
        <translation>{column}, nouseva</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>Import persons and logins from a list</source>
        <translation>Tuo henkilöt ja tunnukset luettelosta</translation>
    </message>
    <message>
        <source>Drop a spreadsheet here, or choose a file: Excel, OpenDocument or CSV with a row of headings. Every row is checked and shown to you before anything is written.</source>
        <translation>Pudota taulukko tähän tai valitse tiedosto: Excel, OpenDocument tai CSV, jossa on otsikkorivi. Jokainen rivi tarkistetaan ja näytetään ennen kuin mitään kirjoitetaan.</translation>
    </message>
    <message>
        <source>Nothing is written while the list is read and checked.</source>
        <translation>Luettelon lukeminen ja tarkistus ei kirjoita mitään.</translation>
    </message>
    <message>
        <source>A cancel leaves the import as it was.</source>
        <translation>Jos perut, tuonti jää ennalleen.</translation>
    </message>
    <message>
        <source>Code {code}</source>
        <translation>Koodi {code}</translation>
    </message>
    <message>
        <source>&amp;Choose a file…</source>
        <translation>&amp;Valitse tiedosto…</translation>
    </message>
    <message>
        <source>&amp;Save an empty list…</source>
        <translation>&amp;Tallenna tyhjä luettelo…</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Peruuta</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Edistyminen</translation>
    </message>
</context>
<context>
    <name>State</name>
    <message>
        <source>Active</source>
        <translation>Aktiivinen</translation>
    </message>
    <message>
        <source>Passive</source>
        <translation>Passiivinen</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Virheellinen</translation>
    </message>
    <message>
        <source>Unused</source>
        <translation>Ei käytössä</translation>
    </message>
    <message>
        <source>Delayed</source>
        <translation>Viivästynyt</translation>
    </message>
    <message>
        <source>{state}, {count} waiting</source>
        <translation>{state}, {count} odottaa</translation>
    </message>
</context>
<context>
    <name>StateFilter</name>
    <message>
        <source>Active</source>
        <translation>Aktiiviset</translation>
    </message>
    <message>
        <source>Passive</source>
        <translation>Passiiviset</translation>
    </message>
    <message>
        <source>In error</source>
        <translation>Virheelliset</translation>
    </message>
    <message>
        <source>Unused</source>
        <translation>Ei käytössä</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message numerus="yes">
        <source>%n worker(s) synchronise</source>
        <translation>
            <numerusform>%n työprosessi synkronoi</numerusform>
            <numerusform>%n työprosessia synkronoi</numerusform>
        </translation>
    </message>
    <message>
        <source>Show who synchronises</source>
        <translation>Näytä, mitkä synkronoivat</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Peruuta</translation>
    </message>
    <message>
        <source>Stop after the current writes</source>
        <translation>Lopeta käynnissä olevien kirjoitusten jälkeen</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Jatka</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Tauko</translation>
    </message>
    <message>
        <source>While paused, only what is asked for is synchronised</source>
        <translation>Tauon aikana synkronoidaan vain pyydettäessä</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Edistyminen</translation>
    </message>
    <message>
        <source>Synchronising {done} / {total}</source>
        <translation>Synkronoidaan {done} / {total}</translation>
    </message>
    <message>
        <source>This window stands by</source>
        <translation>Tämä ikkuna on varalla</translation>
    </message>
    <message>
        <source>Synchronisation paused</source>
        <translation>Synkronointi on tauolla</translation>
    </message>
    <message>
        <source>Waiting for changes</source>
        <translation>Odotetaan muutoksia</translation>
    </message>
    <message>
        <source>No connection to Exchange</source>
        <translation>Ei yhteyttä Exchangeen</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>pysähtynyt</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>käytössä</translation>
    </message>
    <message>
        <source>Connection {name}: {state}</source>
        <translation>Yhteys {name}: {state}</translation>
    </message>
    <message>
        <source>Integration on</source>
        <translation>Integraatio päällä</translation>
    </message>
    <message>
        <source>Integration off</source>
        <translation>Integraatio pois päältä</translation>
    </message>
</context>
<context>
    <name>Summary</name>
    <message>
        <source>Selected person</source>
        <translation>Valittu henkilö</translation>
    </message>
    <message>
        <source>Latest runs</source>
        <translation>Viimeisimmät ajot</translation>
    </message>
    <message numerus="yes">
        <source>%n persons are selected.</source>
        <translation>
            <numerusform>%n henkilö on valittu.</numerusform>
            <numerusform>%n henkilöä on valittu.</numerusform>
        </translation>
    </message>
    <message>
        <source>Select a person to see how they are doing.</source>
        <translation>Valitse henkilö, niin näet hänen tilanteensa.</translation>
    </message>
    <message>
        <source>never</source>
        <translation>ei koskaan</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Tila</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>Tunnus</translation>
    </message>
    <message>
        <source>not entered</source>
        <translation>ei annettu</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>Protokolla</translation>
    </message>
    <message>
        <source>Default calendar</source>
        <translation>Oletuskalenteri</translation>
    </message>
    <message>
        <source>Calendar</source>
        <translation>Kalenteri</translation>
    </message>
    <message>
        <source>Own events</source>
        <translation>Omat tapahtumat</translation>
    </message>
    <message>
        <source>Not synchronised, links only</source>
        <translation>Ei synkronoida, vain liitokset</translation>
    </message>
    <message>
        <source>Last success</source>
        <translation>Onnistui viimeksi</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Odottaa</translation>
    </message>
    <message numerus="yes">
        <source>%n event(s)</source>
        <translation>
            <numerusform>%n tapahtuma</numerusform>
            <numerusform>%n tapahtumaa</numerusform>
        </translation>
    </message>
    <message>
        <source>Next run</source>
        <translation>Seuraava ajo</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>käytössä</translation>
    </message>
    <message>
        <source>{state}, since {time}</source>
        <translation>{state}, alkoi {time}</translation>
    </message>
    <message>
        <source>when resumed</source>
        <translation>kun palautetaan</translation>
    </message>
    <message>
        <source>when activated</source>
        <translation>kun aktivoidaan</translation>
    </message>
</context>
<context>
    <name>SupportScreen</name>
    <message>
        <source>Save the connection first.</source>
        <translation>Tallenna yhteys ensin.</translation>
    </message>
    <message>
        <source>Switch the Exchange integration off for this customer?</source>
        <translation>Kytketäänkö Exchange-integraatio pois tältä asiakkaalta?</translation>
    </message>
    <message>
        <source>Nothing is synchronised until it is switched on again, and every window says so. Nothing is deleted, and what changes meanwhile is synchronised then.</source>
        <translation>Mitään ei synkronoida, ennen kuin integraatio kytketään takaisin päälle, ja jokainen ikkuna kertoo siitä. Mitään ei poisteta, ja sillä välin muuttuneet tapahtumat synkronoidaan sitten.</translation>
    </message>
    <message>
        <source>Switch off</source>
        <translation>Kytke pois</translation>
    </message>
    <message>
        <source>The integration was switched on.</source>
        <translation>Integraatio kytkettiin päälle.</translation>
    </message>
    <message>
        <source>The integration was switched off.</source>
        <translation>Integraatio kytkettiin pois päältä.</translation>
    </message>
    <message>
        <source>The integration is on: calendars are synchronised.</source>
        <translation>Integraatio on päällä: kalentereita synkronoidaan.</translation>
    </message>
    <message>
        <source>The integration is off: nothing is synchronised.</source>
        <translation>Integraatio on pois päältä: mitään ei synkronoida.</translation>
    </message>
    <message>
        <source>Switch off…</source>
        <translation>Kytke pois…</translation>
    </message>
    <message>
        <source>Switch on</source>
        <translation>Kytke päälle</translation>
    </message>
    <message>
        <source>The connection was saved. Check it now.</source>
        <translation>Yhteys tallennettiin. Tarkista se nyt.</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Tarkistetaan…</translation>
    </message>
    <message>
        <source>The connection is in order.</source>
        <translation>Yhteys on kunnossa.</translation>
    </message>
    <message>
        <source>Check of the connection {name}</source>
        <translation>Yhteyden {name} tarkistus</translation>
    </message>
    <message>
        <source>The report is on the clipboard.</source>
        <translation>Raportti on leikepöydällä.</translation>
    </message>
    <message>
        <source>Check the connection</source>
        <translation>Tarkista yhteys</translation>
    </message>
    <message>
        <source>Exchange integration</source>
        <translation>Exchange-integraatio</translation>
    </message>
    <message>
        <source>Connection to Exchange</source>
        <translation>Yhteys Exchangeen</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Tarkistus</translation>
    </message>
    <message>
        <source>Alerts to administrators</source>
        <translation>Hälytykset ylläpidolle</translation>
    </message>
    <message>
        <source>P&amp;rotocol</source>
        <translation>Protoko&amp;lla</translation>
    </message>
    <message>
        <source>Own server (EWS)</source>
        <translation>Oma palvelin (EWS)</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Tallenna</translation>
    </message>
    <message>
        <source>Discard changes</source>
        <translation>Hylkää muutokset</translation>
    </message>
    <message>
        <source>Copy the report</source>
        <translation>Kopioi raportti</translation>
    </message>
    <message>
        <source>Person&apos;s ID, if wanted</source>
        <translation>Henkilön ID, jos halutaan</translation>
    </message>
    <message>
        <source>ID of a person whose mailbox is checked too</source>
        <translation>Henkilö-ID, jonka postilaatikko tarkistetaan myös</translation>
    </message>
</context>
<context>
    <name>Tabs</name>
    <message>
        <source>Stuck</source>
        <translation>Jumissa</translation>
    </message>
    <message>
        <source>Waiting for a decision ({count})</source>
        <translation>Odottaa päätöstä ({count})</translation>
    </message>
    <message>
        <source>What is stuck, and what waits for a decision</source>
        <translation>Jumissa olevat ja päätöstä odottavat</translation>
    </message>
</context>
<context>
    <name>TickDialog</name>
    <message>
        <source>&amp;Mark all</source>
        <translation>&amp;Merkitse kaikki</translation>
    </message>
    <message>
        <source>&amp;Unmark all</source>
        <translation>&amp;Poista merkinnät</translation>
    </message>
</context>
<context>
    <name>TickTable</name>
    <message>
        <source>Total</source>
        <translation>Yhteensä</translation>
    </message>
</context>
<context>
    <name>Time</name>
    <message>
        <source>just now</source>
        <translation>nyt</translation>
    </message>
    <message>
        <source>{count} min ago</source>
        <translation>{count} min sitten</translation>
    </message>
    <message>
        <source>today {clock}</source>
        <translation>tänään {clock}</translation>
    </message>
    <message>
        <source>yesterday {clock}</source>
        <translation>eilen {clock}</translation>
    </message>
    <message>
        <source>at the next round</source>
        <translation>seuraavalla kierroksella</translation>
    </message>
    <message>
        <source>in less than a minute</source>
        <translation>alle minuutin kuluttua</translation>
    </message>
    <message>
        <source>in {count} min</source>
        <translation>{count} min kuluttua</translation>
    </message>
</context>
<context>
    <name>TroubleCard</name>
    <message>
        <source>Show everybody whom the same cause has stopped</source>
        <translation>Näytä kaikki, joiden synkronointi pysähtyi samasta syystä</translation>
    </message>
    <message>
        <source>Show alike</source>
        <translation>Näytä samat</translation>
    </message>
    <message>
        <source>Synchronisation stopped {time}</source>
        <translation>Synkronointi pysähtyi {time}</translation>
    </message>
    <message>
        <source>Delayed since {time}, trying again by itself</source>
        <translation>Viivästynyt {time} alkaen, ohjelma yrittää itsestään uudelleen</translation>
    </message>
    <message>
        <source>Code {code}</source>
        <translation>Koodi {code}</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Yritä nyt</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Palauta</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopioi</translation>
    </message>
</context>
<context>
    <name>Troubles</name>
    <message>
        <source>Cause</source>
        <translation>Syy</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Pysähtynyt</translation>
    </message>
    <message>
        <source>Trying again</source>
        <translation>Yrittää uudelleen</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Alkaen</translation>
    </message>
    <message>
        <source>{message} · {code}</source>
        <translation>{message} · {code}</translation>
    </message>
    <message>
        <source>To be deleted from {side}</source>
        <translation>Odottaa poistoa ({side})</translation>
    </message>
    <message>
        <source>Perhaps added to {side}</source>
        <translation>Ehkä lisätty ({side})</translation>
    </message>
    <message>
        <source>Does not succeed in {side}</source>
        <translation>Ei onnistu ({side})</translation>
    </message>
    <message>
        <source>Another mailbox behind the login</source>
        <translation>Tunnuksen takana eri postilaatikko</translation>
    </message>
    <message>
        <source>Conflict: {side} lost</source>
        <translation>Ristiriita: {side} hävisi</translation>
    </message>
    <message>
        <source>Processed by the next sync</source>
        <translation>Seuraava synkronointi käsittelee</translation>
    </message>
    <message>
        <source>Restored by the next sync</source>
        <translation>Seuraava synkronointi palauttaa</translation>
    </message>
    <message>
        <source>Changed on both sides: {fields}</source>
        <translation>Muuttui molemmilla puolilla: {fields}</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nimi</translation>
    </message>
    <message>
        <source>Company</source>
        <translation>Yhtiö</translation>
    </message>
    <message>
        <source>Deletions / limit</source>
        <translation>Poistoja / raja</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>Muita</translation>
    </message>
    <message>
        <source>Conflicts</source>
        <translation>Ristiriitoja</translation>
    </message>
    <message>
        <source>Decided</source>
        <translation>Päätetty</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Otsikko</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Alkaa</translation>
    </message>
    <message>
        <source>What waits</source>
        <translation>Mikä odottaa</translation>
    </message>
    <message>
        <source>Why, or what was decided</source>
        <translation>Syy tai päätös</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>Tunnus</translation>
    </message>
    <message>
        <source>Next try</source>
        <translation>Seuraava yritys</translation>
    </message>
    <message>
        <source>Last success</source>
        <translation>Onnistui viimeksi</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>Mikä on vialla</translation>
    </message>
    <message>
        <source>Waits for you</source>
        <translation>Odottaa sinua</translation>
    </message>
    <message>
        <source>Waits for the connection {name}</source>
        <translation>Odottaa yhteyttä {name}</translation>
    </message>
    <message>
        <source>Tries again by itself</source>
        <translation>Yrittää itse uudelleen</translation>
    </message>
    <message>
        <source>never</source>
        <translation>ei koskaan</translation>
    </message>
    <message>
        <source>Computer</source>
        <translation>Kone</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>Mikä</translation>
    </message>
    <message>
        <source>Began</source>
        <translation>Käynnistyi</translation>
    </message>
    <message>
        <source>Last heard of</source>
        <translation>Viimeksi kuultu</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Versio</translation>
    </message>
    <message>
        <source>Mailboxes/min</source>
        <translation>Postilaatikoita/min</translation>
    </message>
    <message>
        <source>In all</source>
        <translation>Yhteensä</translation>
    </message>
    <message>
        <source>Worker</source>
        <translation>Työprosessi</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Ikkuna</translation>
    </message>
    <message>
        <source>{kind}, about to end</source>
        <translation>{kind}, päättymässä</translation>
    </message>
</context>
<context>
    <name>TroublesScreen</name>
    <message>
        <source>The previous change is still being made.</source>
        <translation>Edellinen muutos on vielä kesken.</translation>
    </message>
    <message>
        <source>Putting back to work…</source>
        <translation>Palautetaan toimintaan…</translation>
    </message>
    <message numerus="yes">
        <source>%n stopped</source>
        <translation>
            <numerusform>%n pysähtynyt</numerusform>
            <numerusform>%n pysähtynyttä</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n trying again</source>
        <translation>
            <numerusform>%n yrittää uudelleen</numerusform>
            <numerusform>%n yrittää uudelleen</numerusform>
        </translation>
    </message>
    <message>
        <source>Resume all ({count})</source>
        <translation>Palauta kaikki ({count})</translation>
    </message>
    <message>
        <source>Resume selected ({count})</source>
        <translation>Palauta valitut ({count})</translation>
    </message>
    <message>
        <source>None of them waits for you: they try again by themselves.</source>
        <translation>Mikään näistä ei odota sinua: ne yrittävät itse uudelleen.</translation>
    </message>
    <message>
        <source>Show in the search view</source>
        <translation>Näytä hakunäkymässä</translation>
    </message>
    <message>
        <source>Causes</source>
        <translation>Syyt</translation>
    </message>
    <message>
        <source>Persons whom the cause concerns</source>
        <translation>Henkilöt, joita syy koskee</translation>
    </message>
</context>
<context>
    <name>Undo</name>
    <message>
        <source>The former content is put back</source>
        <translation>Entinen sisältö palautetaan</translation>
    </message>
    <message>
        <source>The copy is deleted from ValueFrame</source>
        <translation>Kopio poistetaan ValueFramesta</translation>
    </message>
    <message>
        <source>The copy is deleted from Exchange</source>
        <translation>Kopio poistetaan Exchangesta</translation>
    </message>
    <message>
        <source>The deleted event comes back</source>
        <translation>Poistettu tapahtuma palautetaan</translation>
    </message>
    <message>
        <source>The former content was put back</source>
        <translation>Entinen sisältö palautettiin</translation>
    </message>
    <message>
        <source>The copy was deleted from ValueFrame</source>
        <translation>Kopio poistettiin ValueFramesta</translation>
    </message>
    <message>
        <source>The copy was deleted from Exchange</source>
        <translation>Kopio poistettiin Exchangesta</translation>
    </message>
    <message>
        <source>The deleted event came back</source>
        <translation>Poistettu tapahtuma palautettiin</translation>
    </message>
    <message>
        <source>Stays as it is</source>
        <translation>Jää ennalleen</translation>
    </message>
    <message>
        <source>Is back already</source>
        <translation>On palautettu jo</translation>
    </message>
    <message>
        <source>it was changed after the run</source>
        <translation>sitä on muutettu ajon jälkeen</translation>
    </message>
    <message>
        <source>it is another person&apos;s event</source>
        <translation>se on toisen henkilön tapahtuma</translation>
    </message>
    <message>
        <source>only Outlook can change it without sending mail</source>
        <translation>vain Outlook voi muuttaa sitä lähettämättä postia</translation>
    </message>
    <message>
        <source>it waits for an administrator or another try</source>
        <translation>se odottaa pääkäyttäjää tai uutta yritystä</translation>
    </message>
    <message>
        <source>more deletions than the guard lets through</source>
        <translation>poistosuoja: liikaa poistoja</translation>
    </message>
    <message>
        <source>the history does not hold its former content</source>
        <translation>historiassa ei ole sen entistä sisältöä</translation>
    </message>
    <message>
        <source>the write failed; the newest run in the history says why</source>
        <translation>kirjoitus ei onnistunut; historian uusin ajo kertoo syyn</translation>
    </message>
</context>
<context>
    <name>UndoDialog</name>
    <message>
        <source>Delete more than the guard lets through?</source>
        <translation>Poistetaanko enemmän kuin poistosuoja sallii?</translation>
    </message>
    <message numerus="yes">
        <source>%n copy(ies) made by the run are deleted; in Exchange they go to Deleted Items. The events they were made of stay, and nobody gets mail.</source>
        <translation>
            <numerusform>%n ajon tekemä kopio poistetaan; Exchangessa se siirtyy Poistetut-kansioon. Tapahtuma, josta kopio tehtiin, jää, eikä kukaan saa postia.</numerusform>
            <numerusform>%n ajon tekemää kopiota poistetaan; Exchangessa ne siirtyvät Poistetut-kansioon. Tapahtumat, joista kopiot tehtiin, jäävät, eikä kukaan saa postia.</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo and delete</source>
        <translation>Kumoa ja poista</translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) are as before the run.</source>
        <translation>
            <numerusform>%n tapahtuma on nyt kuten ennen ajoa.</numerusform>
            <numerusform>%n tapahtumaa on nyt kuten ennen ajoa.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>What lost is back in %n event(s).</source>
        <translation>
            <numerusform>Hävinnyt sisältö palautettiin %n tapahtumaan.</numerusform>
            <numerusform>Hävinnyt sisältö palautettiin %n tapahtumaan.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n were so already.</source>
        <translation>
            <numerusform>%n oli jo ennestään.</numerusform>
            <numerusform>%n oli jo ennestään.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stay as they are; the row says why.</source>
        <translation>
            <numerusform>%n jäi ennalleen; syy on rivillä.</numerusform>
            <numerusform>%n jäi ennalleen; syyt ovat riveillä.</numerusform>
        </translation>
    </message>
    <message>
        <source>Stopped before the rest.</source>
        <translation>Keskeytetty ennen loppuja.</translation>
    </message>
    <message>
        <source>Restore lost content</source>
        <translation>Hävinneen sisällön palautus</translation>
    </message>
    <message>
        <source>Undo a run</source>
        <translation>Ajon kumoaminen</translation>
    </message>
    <message>
        <source>Events of the run and what becomes of each</source>
        <translation>Ajon tapahtumat ja mitä kullekin tehdään</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Keskeytä</translation>
    </message>
    <message numerus="yes">
        <source>&amp;Delete also %n copy(ies) that the guard against mass deletions keeps</source>
        <translation>
            <numerusform>Poista &amp;myös %n kopio, jonka poistosuoja pitää paikallaan</numerusform>
            <numerusform>Poista &amp;myös %n kopiota, jotka poistosuoja pitää paikallaan</numerusform>
        </translation>
    </message>
    <message>
        <source>Res&amp;tore ({count})</source>
        <translation>&amp;Palauta ({count})</translation>
    </message>
    <message>
        <source>&amp;Undo ({count})</source>
        <translation>&amp;Kumoa ({count})</translation>
    </message>
    <message>
        <source>Nothing can be taken back now; the rows say why.</source>
        <translation>Mitään ei voi nyt palauttaa; syyt ovat riveillä.</translation>
    </message>
    <message>
        <source>Writing {done} / {total}</source>
        <translation>Kirjoitetaan {done} / {total}</translation>
    </message>
    <message>
        <source>Puts back what the run ({time}) took from the loser of the conflict, in both calendars.</source>
        <translation>Palauttaa molempiin kalentereihin sen, minkä ajo ({time}) vei ristiriidan häviäjältä.</translation>
    </message>
    <message>
        <source>Stopped. Read again to see what would be taken back.</source>
        <translation>Lukeminen lopetettiin. Lue uudelleen, niin näet, mitä palautuisi.</translation>
    </message>
    <message>
        <source>Takes back what the run ({time}) did in both calendars, where nothing has changed since.</source>
        <translation>Kumoaa molemmista kalentereista sen, mitä ajo ({time}) teki, siltä osin kuin mikään ei ole muuttunut sen jälkeen.</translation>
    </message>
    <message>
        <source>Nothing is written before you say so, and nobody gets mail.</source>
        <translation>Mitään ei kirjoiteta ennen kuin vahvistat, eikä kukaan saa postia.</translation>
    </message>
    <message>
        <source>Reading both calendars…</source>
        <translation>Luetaan molempia kalentereita…</translation>
    </message>
    <message>
        <source>Taken back: {undone}. Back already: {already}. Left: {left}.</source>
        <translation>Palautuu: {undone}. Palautettu jo: {already}. Jää ennalleen: {left}.</translation>
    </message>
</context>
<context>
    <name>UndoTable</name>
    <message>
        <source>Waits for its turn</source>
        <translation>Odottaa vuoroaan</translation>
    </message>
    <message>
        <source>Not reached: stays as it is</source>
        <translation>Ei ehditty: jäi ennalleen</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Tapahtuma</translation>
    </message>
    <message>
        <source>What the run did</source>
        <translation>Mitä ajo teki</translation>
    </message>
    <message>
        <source>What becomes of it</source>
        <translation>Mitä sille tehdään</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Miksi</translation>
    </message>
</context>
<context>
    <name>UpdateBar</name>
    <message>
        <source>A new version {version} is available</source>
        <translation>Uusi versio {version} on saatavilla</translation>
    </message>
    <message>
        <source>The browser could not be opened. The page is here: {page}</source>
        <translation>Selainta ei saatu avattua. Sivu on täällä: {page}</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Näytä</translation>
    </message>
    <message>
        <source>Open the page of the new version in the browser</source>
        <translation>Avaa uuden version sivu selaimessa</translation>
    </message>
    <message>
        <source>Don&apos;t remind me</source>
        <translation>Älä muistuta</translation>
    </message>
    <message>
        <source>Say no more of this version on this computer</source>
        <translation>Älä kerro enää tästä versiosta tällä tietokoneella</translation>
    </message>
</context>
<context>
    <name>ViewPicker</name>
    <message>
        <source>No views have been saved yet</source>
        <translation>Näkymiä ei ole vielä tallennettu</translation>
    </message>
    <message>
        <source>&amp;Save this view…</source>
        <translation>&amp;Tallenna tämä näkymä…</translation>
    </message>
    <message>
        <source>&amp;Delete a view</source>
        <translation>&amp;Poista näkymä</translation>
    </message>
    <message>
        <source>Save this view</source>
        <translation>Tallenna tämä näkymä</translation>
    </message>
    <message>
        <source>The criteria and the order are kept in this window under the name:</source>
        <translation>Hakuehdot ja järjestys säilyvät tässä ikkunassa nimellä:</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Tallenna</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Peruuta</translation>
    </message>
    <message>
        <source>Saved views: choose one, or save the present criteria</source>
        <translation>Tallennetut näkymät: valitse näkymä tai tallenna nykyiset hakuehdot</translation>
    </message>
    <message>
        <source>Saved views</source>
        <translation>Tallennetut näkymät</translation>
    </message>
</context>
<context>
    <name>WorkersDialog</name>
    <message>
        <source>Waiting: {due} · Changed: {changed} · At work: {held} · Mailboxes a minute: {pace}</source>
        <translation>Odottaa: {due} · Muutoksia: {changed} · Työn alla: {held} · Postilaatikoita minuutissa: {pace}</translation>
    </message>
    <message>
        <source>Who synchronises</source>
        <translation>Synkronoijat</translation>
    </message>
    <message>
        <source>Processes that synchronise</source>
        <translation>Synkronoivat prosessit</translation>
    </message>
    <message>
        <source>Nothing synchronises just now.</source>
        <translation>Mikään ei synkronoi juuri nyt.</translation>
    </message>
    <message>
        <source>As long as a worker is alive the windows synchronise only what is asked for in them. A process that was not heard of for 45 seconds is not listed.</source>
        <translation>Kun yksikin työprosessi on käynnissä, ikkunat synkronoivat vain sen, mitä niissä pyydetään. Prosessia, josta ei ole kuultu 45 sekuntiin, ei näytetä.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Sulje</translation>
    </message>
</context>
</TS>
