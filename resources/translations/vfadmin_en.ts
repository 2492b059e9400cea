<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Acceptance</name>
    <message numerus="yes">
        <source>Another mailbox or calendar stands behind the login of %n person(s).</source>
        <translation>
            <numerusform>Another mailbox or calendar stands behind the login of %n person.</numerusform>
            <numerusform>Other mailboxes or calendars stand behind the logins of %n persons.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AftermathWatch</name>
    <message numerus="yes">
        <source>%n work(s)</source>
        <translation>
            <numerusform>%n works</numerusform>
            <numerusform>%n work</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stopped again</source>
        <translation>
            <numerusform>%n stopped again</numerusform>
            <numerusform>%n stopped again</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n try again by themselves</source>
        <translation>
            <numerusform>%n tries again by itself</numerusform>
            <numerusform>%n try again by themselves</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n still to come</source>
        <translation>
            <numerusform>%n still to come</numerusform>
            <numerusform>%n still to come</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CalendarDialog</name>
    <message numerus="yes">
        <source>%n event(s) that came from ValueFrame move to the other calendar.</source>
        <translation>
            <numerusform>%n event that came from ValueFrame moves to the other calendar.</numerusform>
            <numerusform>%n events that came from ValueFrame move to the other calendar.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) created in Outlook stay in the present calendar. They are kept on both sides but not synchronised any more.</source>
        <translation>
            <numerusform>%n event created in Outlook stays in the present calendar. It is kept on both sides but not synchronised any more.</numerusform>
            <numerusform>%n events created in Outlook stay in the present calendar. They are kept on both sides but not synchronised any more.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CauseDiagnosis</name>
    <message numerus="yes">
        <source>Of the selected mailboxes, else of the first %n of the cause.</source>
        <translation>
            <numerusform>Of the selected mailboxes, else of the first of the cause.</numerusform>
            <numerusform>Of the selected mailboxes, else of the first %n of the cause.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ComparePage</name>
    <message numerus="yes">
        <source>%n row(s) copied.</source>
        <translation>
            <numerusform>%n row copied.</numerusform>
            <numerusform>%n rows copied.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Copier</name>
    <message numerus="yes">
        <source>%n row(s) copied.</source>
        <translation>
            <numerusform>%n row copied.</numerusform>
            <numerusform>%n rows copied.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Diagnosing</name>
    <message numerus="yes">
        <source>Save the diagnosis of %n mailbox(es)</source>
        <translation>
            <numerusform>Save the diagnosis of %n mailbox</numerusform>
            <numerusform>Save the diagnosis of %n mailboxes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Collecting the diagnosis of %n mailbox(es). Work goes on.</source>
        <translation>
            <numerusform>Collecting the diagnosis of %n mailbox. Work goes on.</numerusform>
            <numerusform>Collecting the diagnosis of %n mailboxes. Work goes on.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DryRunTable</name>
    <message numerus="yes">
        <source>%n operation(s)</source>
        <translation>
            <numerusform>%n operation</numerusform>
            <numerusform>%n operations</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EventTable</name>
    <message numerus="yes">
        <source>%n linked</source>
        <translation>
            <numerusform>%n linked</numerusform>
            <numerusform>%n linked</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EventsTab</name>
    <message numerus="yes">
        <source>%n link(s) to customers and contacts</source>
        <translation>
            <numerusform>%n link to customers and contacts</numerusform>
            <numerusform>%n links to customers and contacts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Exporter</name>
    <message numerus="yes">
        <source>Export %n person(s)</source>
        <translation>
            <numerusform>Export %n person</numerusform>
            <numerusform>Export %n persons</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n person(s) written to the file {file}.</source>
        <translation>
            <numerusform>%n person written to the file {file}.</numerusform>
            <numerusform>%n persons written to the file {file}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Foot</name>
    <message numerus="yes">
        <source>%n person(s) will be added.</source>
        <translation>
            <numerusform>%n person will be added.</numerusform>
            <numerusform>%n persons will be added.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n person(s) will be changed.</source>
        <translation>
            <numerusform>%n person will be changed.</numerusform>
            <numerusform>%n persons will be changed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n integration(s) will be activated.</source>
        <translation>
            <numerusform>%n integration will be activated.</numerusform>
            <numerusform>%n integrations will be activated.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new company(s): {names}.</source>
        <translation>
            <numerusform>%n new company: {names}.</numerusform>
            <numerusform>%n new companies: {names}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) are rejected.</source>
        <translation>
            <numerusform>%n row is rejected.</numerusform>
            <numerusform>%n rows are rejected.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) are left out.</source>
        <translation>
            <numerusform>%n row is left out.</numerusform>
            <numerusform>%n rows are left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Import %n row(s)</source>
        <translation>
            <numerusform>&amp;Import %n row</numerusform>
            <numerusform>&amp;Import %n rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Forgetting</name>
    <message numerus="yes">
        <source>Titles, locations and texts are removed for good from %n operation(s). Times and reasons stay, and so do both calendars. These runs can then not be undone any more.</source>
        <translation>
            <numerusform>Titles, locations and texts are removed for good from %n operation. Times and reasons stay, and so do both calendars. The run can then not be undone any more.</numerusform>
            <numerusform>Titles, locations and texts are removed for good from %n operations. Times and reasons stay, and so do both calendars. These runs can then not be undone any more.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The texts of %n operation(s) were removed.</source>
        <translation>
            <numerusform>The texts of %n operation were removed.</numerusform>
            <numerusform>The texts of %n operations were removed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Head</name>
    <message numerus="yes">
        <source>%n row(s) in the sheet {sheet}.</source>
        <translation>
            <numerusform>%n row in the sheet {sheet}.</numerusform>
            <numerusform>%n rows in the sheet {sheet}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HeldPage</name>
    <message numerus="yes">
        <source>%n not stored.</source>
        <translation>
            <numerusform>%n decision was not stored.</numerusform>
            <numerusform>%n decisions were not stored.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportPhrases</name>
    <message numerus="yes">
        <source>%n mailbox(es) found that may be used.</source>
        <translation>
            <numerusform>%n mailbox found that may be used.</numerusform>
            <numerusform>%n mailboxes found that may be used.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) rejected because of the mailbox.</source>
        <translation>
            <numerusform>%n row rejected because of the mailbox.</numerusform>
            <numerusform>%n rows rejected because of the mailbox.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n login(s) got no certain answer.</source>
        <translation>
            <numerusform>%n login got no certain answer.</numerusform>
            <numerusform>%n logins got no certain answer.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changed person(s) have their former data again.</source>
        <translation>
            <numerusform>%n changed person has the former data again.</numerusform>
            <numerusform>%n changed persons have their former data again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n added person(s) are gone.</source>
        <translation>
            <numerusform>%n added person is gone.</numerusform>
            <numerusform>%n added persons are gone.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n person(s) were left as they are.</source>
        <translation>
            <numerusform>%n person was left as they are.</numerusform>
            <numerusform>%n persons were left as they are.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LongJobs</name>
    <message numerus="yes">
        <source>%n mailbox(es) synchronised.</source>
        <translation>
            <numerusform>%n mailbox synchronised.</numerusform>
            <numerusform>%n mailboxes synchronised.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed; the person&apos;s row says why.</source>
        <translation>
            <numerusform>%n failed; the person&apos;s row says why.</numerusform>
            <numerusform>%n failed; the persons&apos; rows say why.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MoveDialog</name>
    <message numerus="yes">
        <source>%n mailbox(es) go by Graph now.</source>
        <translation>
            <numerusform>%n mailbox goes by Graph now.</numerusform>
            <numerusform>%n mailboxes go by Graph now.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n mailbox(es) go by EWS now.</source>
        <translation>
            <numerusform>%n mailbox goes by EWS now.</numerusform>
            <numerusform>%n mailboxes go by EWS now.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n could not be moved; the row says why.</source>
        <translation>
            <numerusform>%n could not be moved; its row says why.</numerusform>
            <numerusform>%n could not be moved; their rows say why.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of the selected are there already and not shown.</source>
        <translation>
            <numerusform>%n of the selected is there already and not shown.</numerusform>
            <numerusform>%n of the selected are there already and not shown.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NewTroubles</name>
    <message numerus="yes">
        <source>Synchronisation stopped for %n mailbox(es).</source>
        <translation>
            <numerusform>Synchronisation stopped for %n mailbox.</numerusform>
            <numerusform>Synchronisation stopped for %n mailboxes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n mailbox(es) have not been synchronised for long.</source>
        <translation>
            <numerusform>%n mailbox has not been synchronised for long.</numerusform>
            <numerusform>%n mailboxes have not been synchronised for long.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Phrases</name>
    <message numerus="yes">
        <source>%n person(s) activated.</source>
        <translation>
            <numerusform>%n person activated.</numerusform>
            <numerusform>%n persons activated.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n person(s) passivated.</source>
        <translation>
            <numerusform>%n person passivated.</numerusform>
            <numerusform>%n persons passivated.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n person(s) resumed.</source>
        <translation>
            <numerusform>%n person resumed.</numerusform>
            <numerusform>%n persons resumed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The Exchange account of %n person(s) removed.</source>
        <translation>
            <numerusform>The Exchange account of %n person removed.</numerusform>
            <numerusform>The Exchange accounts of %n persons removed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The removal of %n Exchange account(s) has begun.</source>
        <translation>
            <numerusform>The removal of %n Exchange account has begun.</numerusform>
            <numerusform>The removal of %n Exchange accounts has begun.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The activation of %n person(s) was undone. What was synchronised meanwhile stays in both calendars.</source>
        <translation>
            <numerusform>The activation of %n person was undone. What was synchronised meanwhile stays in both calendars.</numerusform>
            <numerusform>The activation of %n persons was undone. What was synchronised meanwhile stays in both calendars.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The passivation of %n person(s) was undone.</source>
        <translation>
            <numerusform>The passivation of %n person was undone.</numerusform>
            <numerusform>The passivation of %n persons was undone.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The former login of %n person(s) is back.</source>
        <translation>
            <numerusform>The former login of %n person is back.</numerusform>
            <numerusform>The former logins of %n persons are back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n already were so.</source>
        <translation>
            <numerusform>%n was already in that state.</numerusform>
            <numerusform>%n were already in that state.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n left as they are.</source>
        <translation>
            <numerusform>%n was left as it is.</numerusform>
            <numerusform>%n were left as they are.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n refused.</source>
        <translation>
            <numerusform>%n was refused.</numerusform>
            <numerusform>%n were refused.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>And %n more.</source>
        <translation>
            <numerusform>And %n more.</numerusform>
            <numerusform>And %n more.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Undo: activate %n person(s)</source>
        <translation>
            <numerusform>Undo: activate %n person</numerusform>
            <numerusform>Undo: activate %n persons</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Undo: passivate %n person(s)</source>
        <translation>
            <numerusform>Undo: passivate %n person</numerusform>
            <numerusform>Undo: passivate %n persons</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n row</numerusform>
            <numerusform>%n rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{rows}, %n selected</source>
        <translation>
            <numerusform>{rows}, %n selected</numerusform>
            <numerusform>{rows}, %n selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove the Exchange account of %n person(s)?</source>
        <translation>
            <numerusform>Remove the Exchange account of %n person?</numerusform>
            <numerusform>Remove the Exchange accounts of %n persons?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) came to the mailbox from ValueFrame. &quot;Remove and take events out&quot; moves them to its Deleted Items, in the background. What somebody has edited in Outlook stays.</source>
        <translation>
            <numerusform>%n event came to the mailbox from ValueFrame. &quot;Remove and take events out&quot; moves it to its Deleted Items, in the background. If somebody has edited it in Outlook, it stays.</numerusform>
            <numerusform>%n events came to the mailbox from ValueFrame. &quot;Remove and take events out&quot; moves them to its Deleted Items, in the background. What somebody has edited in Outlook stays.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PreviewDialog</name>
    <message numerus="yes">
        <source>%n of the selected are active already and not shown.</source>
        <translation>
            <numerusform>%n of the selected is active already and not shown.</numerusform>
            <numerusform>%n of the selected are active already and not shown.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n activated wait for the first synchronisation.</source>
        <translation>
            <numerusform>%n activated waits for the first synchronisation.</numerusform>
            <numerusform>%n activated wait for the first synchronisation.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Questions</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Let the outcome of %n conflict(s) stand?</source>
        <translation>
            <numerusform>Let the outcome of %n conflict stand?</numerusform>
            <numerusform>Let the outcome of %n conflicts stand?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Leave %n event(s) as they are?</source>
        <translation>
            <numerusform>Leave %n event as it is?</numerusform>
            <numerusform>Leave %n events as they are?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Write %n deleted event(s) back?</source>
        <translation>
            <numerusform>Write %n deleted event back?</numerusform>
            <numerusform>Write %n deleted events back?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Process %n event(s)?</source>
        <translation>
            <numerusform>Process %n event?</numerusform>
            <numerusform>Process %n events?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The outcome of %n conflict(s) stands.</source>
        <translation>
            <numerusform>The outcome of %n conflict stands.</numerusform>
            <numerusform>The outcome of %n conflicts stands.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) left as they are.</source>
        <translation>
            <numerusform>%n event left as it is.</numerusform>
            <numerusform>%n events left as they are.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The next sync restores %n event(s).</source>
        <translation>
            <numerusform>The next sync restores %n event.</numerusform>
            <numerusform>The next sync restores %n events.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The next sync processes %n event(s).</source>
        <translation>
            <numerusform>The next sync processes %n event.</numerusform>
            <numerusform>The next sync processes %n events.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReportCard</name>
    <message numerus="yes">
        <source>%n row(s) were left out.</source>
        <translation>
            <numerusform>%n row was left out.</numerusform>
            <numerusform>%n rows were left out.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RuleWords</name>
    <message numerus="yes">
        <source>every %n day(s)</source>
        <translation>
            <numerusform>every day</numerusform>
            <numerusform>every %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>every %n week(s)</source>
        <translation>
            <numerusform>every week</numerusform>
            <numerusform>every %n weeks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>every %n month(s)</source>
        <translation>
            <numerusform>every month</numerusform>
            <numerusform>every %n months</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>every %n year(s)</source>
        <translation>
            <numerusform>every year</numerusform>
            <numerusform>every %n years</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %n time(s)</source>
        <translation>
            <numerusform>, %n time</numerusform>
            <numerusform>, %n times</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message numerus="yes">
        <source>%n worker(s) synchronise</source>
        <translation>
            <numerusform>%n worker synchronises</numerusform>
            <numerusform>%n workers synchronise</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Summary</name>
    <message numerus="yes">
        <source>%n persons are selected.</source>
        <translation>
            <numerusform>%n person is selected.</numerusform>
            <numerusform>%n persons are selected.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n event(s)</source>
        <translation>
            <numerusform>%n event</numerusform>
            <numerusform>%n events</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TroublesScreen</name>
    <message numerus="yes">
        <source>%n stopped</source>
        <translation>
            <numerusform>%n stopped</numerusform>
            <numerusform>%n stopped</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n trying again</source>
        <translation>
            <numerusform>%n trying again</numerusform>
            <numerusform>%n trying again</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UndoDialog</name>
    <message numerus="yes">
        <source>%n copy(ies) made by the run are deleted; in Exchange they go to Deleted Items. The events they were made of stay, and nobody gets mail.</source>
        <translation>
            <numerusform>%n copy made by the run is deleted; in Exchange it goes to Deleted Items. The event it was made of stays, and nobody gets mail.</numerusform>
            <numerusform>%n copies made by the run are deleted; in Exchange they go to Deleted Items. The events they were made of stay, and nobody gets mail.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) are as before the run.</source>
        <translation>
            <numerusform>%n event is as before the run.</numerusform>
            <numerusform>%n events are as before the run.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>What lost is back in %n event(s).</source>
        <translation>
            <numerusform>What lost is back in %n event.</numerusform>
            <numerusform>What lost is back in %n events.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n were so already.</source>
        <translation>
            <numerusform>%n was so already.</numerusform>
            <numerusform>%n were so already.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stay as they are; the row says why.</source>
        <translation>
            <numerusform>%n stays as it is; the row says why.</numerusform>
            <numerusform>%n stay as they are; the rows say why.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Delete also %n copy(ies) that the guard against mass deletions keeps</source>
        <translation>
            <numerusform>&amp;Delete also %n copy that the guard against mass deletions keeps</numerusform>
            <numerusform>&amp;Delete also %n copies that the guard against mass deletions keeps</numerusform>
        </translation>
    </message>
</context>
</TS>
