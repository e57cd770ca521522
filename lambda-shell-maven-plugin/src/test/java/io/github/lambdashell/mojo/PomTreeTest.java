package io.github.lambdashell.mojo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.lambdashell.check.Check;
import io.github.lambdashell.check.Checks;
import io.github.lambdashell.check.binding.HostPlaceholders;
import io.github.lambdashell.check.binding.Settings;
import io.github.lambdashell.check.expect.Contains;
import io.github.lambdashell.check.expect.EqualsText;
import io.github.lambdashell.check.expect.ExitCode;
import io.github.lambdashell.check.expect.Stream;
import io.github.lambdashell.config.ShellException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.codehaus.plexus.configuration.xml.XmlPlexusConfiguration;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.junit.jupiter.api.Test;

/** Checks in a POM, read as Maven reads a POM. */
class PomTreeTest {
    private static final String PLACE = "pom.xml, execution check";

    private static PlexusConfiguration xml(String xml) throws Exception {
        return new XmlPlexusConfiguration(Xpp3DomBuilder.build(new StringReader(xml), true));
    }

    private static List<Check> read(String commands) throws Exception {
        return Checks.read(
                PomTree.document(PLACE, xml("<commands>" + commands + "</commands>"), null),
                Optional.empty(),
                new Settings(Path.of("."), false));
    }

    private static String refused(String commands) {
        ShellException told = catchThrowableOfType(ShellException.class, () -> read(commands));
        assertThat(told).as("refused").isNotNull();
        return told.problem();
    }

    @Test
    void readsTheVocabularyFromElements() throws Exception {
        List<Check> checks = read("""
                <command>
                  <name>one</name>
                  <setup><run>a, b</run><run>c</run></setup>
                  <run>echo 1</run>
                  <stdout><contains>a,b</contains><contains>c</contains></stdout>
                  <files><file><path>/tmp/x</path></file><file><path>/tmp/y</path></file></files>
                  <environmentVariables><A>1</A><B/></environmentVariables>
                  <tags><tag>slow</tag><tag>net</tag></tags>
                  <teardown>d</teardown>
                  <teardown>e</teardown>
                </command>
                <command><run>echo 2</run><stderr>x</stderr></command>
                """);

        Check check = checks.get(0);
        assertThat(check.place()).isEqualTo(PLACE + ", command 1");
        assertThat(check.setup()).as("no list is split at a comma").containsExactly("a, b", "c");
        assertThat(check.teardown()).containsExactly("d", "e");
        assertThat(check.tags()).containsExactlyInAnyOrder("slow", "net");
        assertThat(check.command().environment()).isEqualTo(Map.of("A", "1", "B", ""));
        assertThat(check.expectations())
                .contains(new Contains(Stream.STDOUT, "a,b", true), new Contains(Stream.STDOUT, "c", true))
                .hasSize(5);
        assertThat(checks.get(1).name()).isEqualTo("echo 2");
        assertThat(checks.get(1).expectations()).contains(new EqualsText(Stream.STDERR, "x"));
    }

    @Test
    void trimsTextWithoutXmlSpacePreserve() throws Exception {
        List<Check> checks = read("""
                <command>
                  <run><![CDATA[  a < b  ]]></run>
                  <stdout>
                    <contains xml:space="preserve">  keep </contains>
                  </stdout>
                </command>
                """);

        assertThat(checks.get(0).command().text()).isEqualTo("a < b");
        assertThat(checks.get(0).expectations()).contains(new Contains(Stream.STDOUT, "  keep ", true));
    }

    @Test
    void anExpectationThatMavenWouldDropIsAnError() {
        assertThat(refused("<command><run>x</run><stdout></stdout></command>"))
                .isEqualTo(PLACE + ", command 1: stdout is empty; to expect no output, set empty: true in the"
                        + " stream");
        assertThat(refused("<command><run>x</run><stdout><contains/></stdout></command>"))
                .isEqualTo(PLACE + ", command 1, stdout: contains is empty; specify a value or remove it");
        assertThat(refused("<command><run>x</run><stdout>${undefined.property}</stdout></command>"))
                .isEqualTo(PLACE + ", command 1: stdout contains ${undefined.property}, but no such property is"
                        + " defined; define it, or move the command to a commandsFile, where ${...} is left as it is");
        assertThat(refused("<command/>")).isEqualTo(PLACE + ": command is empty; specify a value or remove it");
    }

    @Test
    void aValueThatMavenWouldMisreadIsAnError() {
        assertThat(refused("<command><run>x</run><skip>yes</skip></command>"))
                .endsWith("skip must be true or false, but is 'yes'");
        assertThat(refused("<command><run>x</run><exitcode>0</exitcode></command>"))
                .endsWith("unknown element 'exitcode'; did you mean 'exitCode'?");
        assertThat(refused("<command name='x'><run>x</run></command>"))
                .endsWith("unknown attribute 'name'; use the element <name>");
        assertThat(refused("<command><run>x</run><tags><tag>a</tag><tga>b</tga></tags></command>"))
                .endsWith("unknown element 'tga'; tags is a list of tag");
        assertThat(refused("<comand><run>x</run></comand>")).contains("unknown element 'comand'");
        assertThat(refused("<command><run>x</run><files><file><path>a</path></file><path>b</path></files></command>"))
                .endsWith("unknown element 'path'; files is a list of file");
    }

    @Test
    void aCommandMayContainPlaceholdersOfTheShell() throws Exception {
        assertThat(read("<command><run>echo ${x:-y}</run></command>")
                        .get(0)
                        .command()
                        .text())
                .isEqualTo("echo ${x:-y}");
    }

    @Test
    void aBareTextIsACommand() throws Exception {
        List<Check> checks = read("<command>uname -a</command><command><run>df</run><exitCode>1</exitCode></command>");

        assertThat(checks).extracting(Check::name).containsExactly("uname -a", "df");
        assertThat(checks.get(0).expectations()).singleElement().isInstanceOf(ExitCode.class);
        String commands = "<commands><command>echo ${HOME}</command></commands>";
        assertThat(warnings(commands, "<commands><command>echo /home/me</command></commands>"))
                .singleElement()
                .asString()
                .startsWith(PLACE + ", command 1: command contains ${HOME}, which Maven has replaced");
    }

    private static List<String> warnings(String raw, String effective) throws Exception {
        return HostPlaceholders.warnings(PomTree.of(xml(raw), PLACE), PomTree.of(xml(effective), PLACE));
    }

    @Test
    void warnsOfPlaceholdersThatMavenReplacesByTheMachinesValues() throws Exception {
        assertThat(warnings("""
                        <commands>
                          <command><run>echo ${HOME} ${project.version} $HOME</run></command>
                          <command><run>true</run><setup><run>cd ${x:-y}</run></setup><stdout>${LANG}</stdout></command>
                        </commands>
                        """, """
                        <commands>
                          <command><run>echo /home/me 1.0 $HOME</run></command>
                          <command><run>true</run><setup><run>cd ${x:-y}</run></setup><stdout>C</stdout></command>
                        </commands>
                        """))
                .containsExactly(
                        PLACE
                                + ", command 1: run contains ${HOME}, which Maven has replaced with the build machine's value;"
                                + " to use the sandbox's, write $HOME, or move the command to a script file or the"
                                + " commandsFile",
                        PLACE
                                + ", command 2: setup contains ${x:-y}, which Maven replaces if such a property is defined;"
                                + " to use the shell's, move the command to a script file or the commandsFile");
    }

    @Test
    void warnsOfPlaceholdersWithoutAProperty() throws Exception {
        String commands = "<commands><command><run>echo ${no.such} ${no.such}</run></command></commands>";

        assertThat(warnings(commands, commands))
                .containsExactly(PLACE + ", command 1: run contains ${no.such}, but no such property is defined; the"
                        + " shell gets it unchanged");
    }

    @Test
    void doesNotWarnOfReferencesToCapturedValues() throws Exception {
        String commands = "<commands><command><run>echo ${{version}} '${{ id }}'</run></command></commands>";

        assertThat(warnings(commands, commands)).isEmpty();
    }

    @Test
    void numbersCommandsInTheirOrder() {
        assertThat(refused("<command/><command><run>x</run><stdout/></command>"))
                .contains(PLACE + ", command 2: stdout is empty");
    }

    @Test
    void readsEventsFromElements() throws Exception {
        List<Check> checks = read("""
                <command>
                  <handler>com.example.App</handler>
                  <event>
                    {"id": 1, "items": []}
                  </event>
                  <response><jsonPath><path>$.statusCode</path><equals>200</equals></jsonPath></response>
                  <log><notContains>SLF4J(W)</notContains><notContains>ClassNotFoundException</notContains></log>
                  <handlerInit><le>3s</le></handlerInit>
                </command>
                <command>
                  <name>leaks nothing</name>
                  <handler>com.example.App</handler>
                  <event>{}</event>
                  <invocations>200</invocations>
                  <growth><descriptors><le>2</le></descriptors><tmp><le>1MB</le></tmp></growth>
                  <duration><p95><le>50ms</le></p95></duration>
                </command>
                <command>
                  <handler>com.example.App</handler>
                  <event>[]</event>
                  <error><type>java.lang.IllegalArgumentException</type><message><contains>order</contains></message></error>
                </command>
                """);

        assertThat(checks)
                .extracting(check ->
                        new String(check.command().event().orElseThrow().payload(), UTF_8))
                .containsExactly("{\"id\": 1, \"items\": []}", "{}", "[]");
        assertThat(checks)
                .extracting(Check::name)
                .containsExactly("event {\"id\": 1, \"items\": []}", "leaks nothing", "event []");
        assertThat(checks.get(0).expectations()).hasSize(5);
        assertThat(refused("""
                <command><handler>com.example.App</handler>
                  <event><sample>none</sample></event></command>"""))
                .startsWith("pom.xml, execution check, command 1, event: event must be one of alb, ")
                .endsWith("but is 'none'");
        assertThat(refused("""
                <command><handler>com.example.App</handler>
                  <event><sample>sqs</sample><set><member><path>$.Records</path><value>{1</value></member></set></event></command>"""))
                .startsWith(
                        "pom.xml, execution check, command 1, event: event must set $.Records, of type array, to JSON,");
        assertThat(refused("<command><event>{}</event></command>"))
                .isEqualTo("pom.xml, execution check, command 1: event requires a handler; add handler to the check, or"
                        + " <handler> (lshell.handler) to the goal");
    }
}
