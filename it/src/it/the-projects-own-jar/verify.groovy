String log = new File(basedir, 'build.log').text.replaceAll('\u001b\\[[0-9;]*m', '')

assert log =~ /target\/the-projects-own-jar-1.0.jar beside the shell: \d+ entries, 1 dependencies in lib\//
assert log.contains('Stack lshell-the-projects-own-jar (local) is up to date')
