def logs = basedir.listFiles().findAll { it.name.startsWith('loaded-') }
assert logs.size() == 4

for (log in logs) {
    // One class a line: "[0.123s][info][class,load] NAME source: file:..."
    def classes = log.readLines().findAll { it.contains(' source: ') }
    assert classes.any { it.contains(' io.github.lambdashell.target.local.LocalTarget ') }
    // Maven 4 has a JLine of its own.
    def heavy = classes.findAll { it =~ / (software\.amazon\.awssdk|io\.netty|org\.jline)\..* source: .*\/local-repo\// }
    assert heavy.isEmpty() : heavy.take(10).join('\n')
}
