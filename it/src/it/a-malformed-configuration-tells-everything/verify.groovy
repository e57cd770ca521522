String log = new File(basedir, 'build.log').text

for (told in [
    'pom.xml, execution check, command 1 "misspelt": exitcode is no word here, did you mean exitCode?',
    'pom.xml, execution check, command 1 "misspelt": skip is "yes": write true or false',
    'pom.xml, execution check, command 2 "vanished": stdout is empty and says nothing',
    'pom.xml, execution check, command 2 "vanished", stderr: contains holds ${no.such.property}, which no property defines',
    'commands.yaml:4:5, command 1 "misspelt", stdout: matches is "(": it is no regular expression',
    'commands.yaml:1:3, command 1 "misspelt": the name "misspelt" is taken by pom.xml, execution check, command 1',
    'run holds ${HOME}, which Maven has replaced with what this machine has',
    'Nothing was deployed',
]) {
    assert log.contains(told) : told
}
