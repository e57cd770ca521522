String log = new File(basedir, 'build.log').text.replaceAll('\u001b\\[[0-9;]*m', '')

assert log.contains('''[INFO] template.yaml, function OrderFunction: runtime java17, memorySize 1024, timeout 30s, \
layers SettingsLayer:1, environmentVariables GREETING STAGE, CodeUri ., handler com.example.App::handleRequest, \
events Create (Api); with the defaults of the template's parameters Stage''')
assert log.contains('''[WARNING] These values of template.yaml are not known; configure in the POM those that the function needs:
  - environmentVariables.QUEUE (line 31): !GetAtt OrderQueue.QueueName: an attribute of a resource, known only when \
the template is deployed''')
assert log =~ /target\/sam-template-1.0.jar \(\d+ KB, CodeUri in template.yaml is the project\)/
assert log.contains('5 checks: 5 passed')

assert log.contains('[INFO] template.yaml, function OrderFunction: timeout 30s, ')
assert log.readLines().contains('memory: 2048')
assert log =~ /The Java versions differ: template.yaml has the runtime java17, the build configures the runtime java11, \
the compiler is configured for Java 17, the classes of .*target\/classes are compiled for Java 17, which java11 can't load; \
use one version/
