String log = new File(basedir, 'build.log').text
assert log =~ /- \/var\/task\/lib\/libfast.so is for (x86_64|aarch64), but this is (x86_64|aarch64)/
assert log =~ /- com.example.Handler: Error loading class com.example.Handler: .* \(compiled for Java 99, but this is Java /
assert log.contains('- /var/task is not writable: ')
assert log.contains('- 127.0.0.1:1 is not reachable: Connection refused')
assert log.contains('- gc is "Serial", but expected "ZGC"')
assert log.contains('- 127.0.0.1:1 is not reachable: 127.0.0.1: Connection refused')
assert log.contains('SKIP  identity orders (the local target has no AWS identity; run it with target=aws)')
assert log.contains('7 checks: 0 passed, 6 failed, 1 skipped')
