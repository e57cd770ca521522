String log = new File(basedir, 'build.log').text.replaceAll('\u001b\\[[0-9;]*m', '')

// Each module is packaged in its own way.
assert log =~ /spring-handler-1.0.jar \([^)]+, the project's artifact, shaded\) beside the shell/
assert log =~ /function.zip \([^)]+, built by Quarkus for Lambda\) beside the shell/
assert log =~ /micronaut-handler-1.0.jar \([^)]+, the project's artifact\) beside the shell: .* dependencies in lib/
assert log =~ /powertools-handler-1.0.jar \([^)]+, the project's artifact\) beside the shell: .* dependencies in lib/
