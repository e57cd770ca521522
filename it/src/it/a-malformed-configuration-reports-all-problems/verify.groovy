String log = new File(basedir, 'build.log').text

for (message in [
    'pom.xml, execution check, command 1 "misspelt": unknown element \'exitcode\'; did you mean \'exitCode\'?',
    'pom.xml, execution check, command 1 "misspelt": skip must be true or false, but is \'yes\'',
    'pom.xml, execution check, command 2 "vanished": stdout is empty; to expect no output',
    'pom.xml, execution check, command 2 "vanished", stderr: contains contains ${no.such.property}, but no such property is defined',
    'commands.yaml:4:5, command 1 "misspelt", stdout: matches is not a regular expression: \'(\'',
    'commands.yaml:1:3, command 1: name must be unique, but \'misspelt\' is used by pom.xml, execution check, command 1',
    'run contains ${HOME}, which Maven has replaced with the build machine\'s value',
    'Nothing was deployed',
]) {
    assert log.contains(message) : message
}
