String log = new File(basedir, 'build.log').text.replaceAll('\u001b\\[[0-9;]*m', '')

assert log.contains('CREATE_COMPLETE          AWS::Lambda::Function    ShellFunction')
assert !log.contains('AWS::S3::Bucket') : 'the code is in the template'
assert log.contains('BUILD SUCCESS')
