String log = new File(basedir, 'build.log').text.replaceAll('\u001b\\[[0-9;]*m', '')

assert log =~ /WARNING.*target\/the-projects-own-jar-1.0.jar is not built, so a new stack holds the shell alone/
assert log =~ /Runtime java17: the classes of .*target\/classes are compiled for Java 17/
assert log =~ /target\/the-projects-own-jar-1.0.jar \(\d+ KB, the project's artifact\) beside the shell: \d+ entries, 1 dependencies in lib\//
assert log.contains('Stack lshell-the-projects-own-jar (local) is up to date')

def report = new groovy.json.JsonSlurper().parse(
    new File(basedir, 'target/lshell-reports/lshell-the-projects-own-jar-default.json'))
assert report.environment.runtime == 'java17'
assert report.environment.code =~ /target\/the-projects-own-jar-1.0.jar \(\d+ KB, the project's artifact\)$/
