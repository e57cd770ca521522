String log = new File(basedir, 'build.log').text.replaceAll('\u001b\\[[0-9;]*m', '')

assert log =~ /target\/the-projects-own-jar-1.0.jar beside the shell: \d+ entries, 1 dependencies in lib\//
assert log.contains('lshell-the-projects-own-jar is up to date on local, nothing was changed')
