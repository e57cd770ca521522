String log = new File(basedir, 'build.log').text.replaceAll('\u001b\\[[0-9;]*m', '')

for (warning in [
    "unknown property 'lshell.stakName'; did you mean 'lshell.stackName'?",
    "pom.xml, execution clean-up: unknown element 'olderthan'; did you mean 'olderThan'?",
    "pom.xml, execution clean-up: unknown element 'memorysize'; did you mean 'memorySize'?",
    "pom.xml, execution default-cli: unknown element 'memorysize'; did you mean 'memorySize'?",
]) {
    assert log.contains('[WARNING] ' + warning) : warning
}

// With lshell.strict they are failures.
assert log.contains(": pom.xml, execution default-cli: unknown element 'memorysize'; did you mean 'memorySize'?" +
        ' Nothing was deployed; correct it and run the goal again.')
