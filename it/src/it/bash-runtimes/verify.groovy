String log = new File(basedir, 'build.log').text.replaceAll('\u001b\\[[0-9;]*m', '')

assert log.contains("provided.al2023 requested, running on this machine's own programs")
assert log.contains("python3.13 requested, running on this machine's own programs; python3 is ")
assert log.contains('target/function.zip')
