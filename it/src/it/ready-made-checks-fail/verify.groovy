String log = new File(basedir, 'build.log').text
assert log =~ /- \/var\/task\/lib\/libfast.so is for (x86_64|aarch64), but this is (x86_64|aarch64)/
assert log =~ /- com.example.Handler: Error loading class com.example.Handler: .* \(compiled for Java 99, but this is Java /
assert log.contains('- com.example.Handler in /var/task is compiled for Java 99, but the runtime is Java 17')
assert log =~ /- META-INF\/services\/com.fasterxml.jackson.core.JsonFactory is not on the class path and so lacks com.fasterxml.jackson.core.JsonFactory of com.fasterxml.jackson.core:jackson-core:[\d.]+; /
assert log.contains('- /var/task is not writable: ')
assert log =~ /- fast does not load by System.loadLibrary: /
assert log.contains("- /var/task/bootstrap is not executable by the function's user: mode 0644")
assert log.contains('- 127.0.0.1:1 is not reachable: Connection refused')
assert log.contains('- gc is "Serial", but expected "ZGC"')
assert log.contains('- 127.0.0.1:1 is not reachable: 127.0.0.1: Connection refused')
assert log.contains('SKIP  identity orders (the local target has no AWS identity; run it with target=aws)')
assert log.contains('11 checks: 1 passed, 9 failed, 1 skipped')
