import java.util.concurrent.Callable
import java.util.concurrent.Executors

// The invoker passes no standard input, so this script starts the same Maven with pipes.
String mvn = "'${System.getProperty('maven.home')}/bin/mvn' -q -s '${basedir}/../interpolated-settings.xml'" +
    " -Dmaven.repo.local='${localRepositoryPath}' -Dlshell.home='${lshellHome}'"

Map run(String script) {
    def process = ['sh', '-c', "export MAVEN_OPTS='${mavenOpts}'; ${script}"].execute(null, basedir)
    def out = new StringBuilder()
    def err = new StringBuilder()
    process.waitForProcessOutput(out, err)
    // Maven 3.8 resets the terminal's colour at its end, whatever its standard output is; Groovy ends that line.
    [exit: process.exitValue(), out: out.toString().replaceAll('(\u001b\\[[0-9;]*m)+\n?\\z', ''), err: err.toString()]
}

// A session that :save wrote.
new File(basedir, 'session.txt').text = '$ cd /tmp\n$ pwd\n/tmp\n$ false\n[exit code 1]\n$ :info\nstack lshell\n'

// The invoker runs one script at a time, so other builds wait for this one: the sessions run at once.
def threads = Executors.newFixedThreadPool(3)
def runs = [
    late: "echo 'echo before; sleep 100' | ${mvn} lshell:interactive",
    both: "echo 'pwd; id -u; echo oops >&2' | ${mvn} lshell:interactive",
    session: "printf 'cd /tmp\\nexport A=1\\npwd\\necho \$A\\n'" +
        " | MAVEN_OPTS=-Xlog:class+load=info:file=loaded.log ${mvn} lshell:interactive",
    failing: "echo 'echo before; exit 7' | ${mvn} lshell:interactive",
    nothing: "${mvn} lshell:interactive < /dev/null",
    colon: "printf 'pwd\\n:info\\n' | ${mvn} lshell:interactive",
].collectEntries { name, script -> [name, threads.submit({ run(script.toString()) } as Callable)] }
def learning = threads.submit({
    [run("${mvn.replace(' -q ', ' ')} lshell:exec -Dlshell.learn=session.txt"),
     run("${mvn.replace(' -q ', ' ')} lshell:exec -Dlshell.commandsFile=src/lshell/commands.yaml")]
} as Callable)
threads.shutdown()

def both = runs.both.get()
assert both.exit == 0 : both
assert both.out.readLines().size() == 2 : both.out
assert both.out.readLines()[1] ==~ /\d+/
assert both.err.readLines().contains('oops')

def session = runs.session.get()
assert session.out == '/tmp\n1\n' : session
// Without a terminal there is no need for the terminal library, whose native code causes warnings of the JDK.
def terminal = new File(basedir, 'loaded.log').readLines().findAll { it =~ / org\.jline\.(terminal|nativ)\..* source: .*\/local-repo\// }
assert terminal.isEmpty() : terminal.take(10).join('\n')

def failing = runs.failing.get()
assert failing.exit != 0
assert failing.out.startsWith('before\n')
assert (failing.out + failing.err).contains('The script ended with exit code 7')

def late = runs.late.get()
assert late.exit != 0
assert late.out.startsWith('before\n')
assert (late.out + late.err).contains("The script was ended by the function's timeout of 5 s, with exit code 143")

def nothing = runs.nothing.get()
assert nothing.exit != 0
assert (nothing.out + nothing.err).contains('Standard input is empty')

def colon = runs.colon.get()
assert colon.exit != 0
assert (colon.out + colon.err).contains("Line 2 of the script is ':info', a colon command")

// The session becomes checks, which pass.
def (learned, checks) = learning.get()
assert learned.exit == 0 : learned
assert learned.out.contains('Left out: :info: a command of the prompt')
assert learned.out.contains('Appended 2 checks to ')
assert checks.exit == 0 : checks
assert checks.out.contains('2 checks: 2 passed') : checks

assert run("${mvn} lshell:teardown").exit == 0
