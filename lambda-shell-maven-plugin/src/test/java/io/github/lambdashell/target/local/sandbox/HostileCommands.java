package io.github.lambdashell.target.local.sandbox;

import io.github.lambdashell.target.local.isolation.Level;
import java.util.List;

/** Commands for {@link HostileCommandsTest}; HOST stands for a directory of the machine. */
final class HostileCommands {
    /** Calls a function of the C library or a system call, and prints its result and the name of its error. */
    static final String CALL = """
            #!/usr/bin/python3
            import ctypes, errno, os, sys
            arguments = [int(a, 0) if a.lstrip('-')[:1].isdigit() else a.encode() for a in sys.argv[2:]]
            library = ctypes.CDLL(None, use_errno=True)
            numbers = {'add_key': (248, 217), 'bpf': (321, 280), 'keyctl': (250, 219), 'perf_event_open': (298, 241),
                       'pidfd_open': (434, 434), 'kexec_load': (246, 104), 'init_module': (175, 105)}
            if sys.argv[1] in numbers:
                number = numbers[sys.argv[1]][os.uname().machine == 'aarch64']
                result = library.syscall(number, *arguments)
            else:
                result = getattr(library, sys.argv[1])(*arguments)
            print(result, errno.errorcode.get(ctypes.get_errno(), '') if result < 0 else '')
            """;

    /** Where a command can be tried without harm to anything else. */
    enum At {
        EVERY,
        FULL,
        LIMITED;

        /** Sandboxes of root that have no limits differ from the others in what they reach. */
        boolean includes(Level level) {
            return level.isLimited() || this == (level.isFull() ? FULL : EVERY);
        }
    }

    /** @param holds a pattern of the command's output, or of the type and the message of the invocation's failure */
    record Attack(String name, At at, String command, String holds) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final String ANY = "(?s).*";
    private static final String DEAD = "Runtime.ExitError: .*";

    static final List<Attack> ATTACKS = List.of(
            new Attack(
                    "a second request for the next event",
                    At.EVERY,
                    "curl -s $api/invocation/next",
                    ".*InvalidStateTransition.*"),
            new Attack(
                    "an answer to another request",
                    At.EVERY,
                    "curl -sd x $api/invocation/$(cat /proc/sys/kernel/random/uuid)/response",
                    ".*InvalidRequestID.*"),
            new Attack(
                    "a path instead of a request's id",
                    At.EVERY,
                    "curl -s --path-as-is -d x $api/invocation/../../../etc/passwd/response",
                    ".*NotFound.*"),
            new Attack(
                    "an error of the initialization afterwards",
                    At.EVERY,
                    "curl -sd '{}' $api/init/error",
                    ".*InvalidStateTransition.*"),
            new Attack(
                    "an answer of its own before the runtime's",
                    At.EVERY,
                    "curl -sd forged $api/invocation/$id/response",
                    "forged"),
            new Attack(
                    "a request of a daemon",
                    At.EVERY,
                    "(setsid bash -c 'sleep 0.2; curl -s $api/invocation/next >$TMP/next' >/dev/null 2>&1 &); for i in {1..100}; do sleep 0.1; [ -s $TMP/next ] && break; done; cat $TMP/next",
                    ".*InvalidStateTransition.*"),
            new Attack(
                    "an unfinished request",
                    At.EVERY,
                    "exec 3<>/dev/tcp/${AWS_LAMBDA_RUNTIME_API/:/\\/}; printf \"GET /2018\" >&3; echo open",
                    "open"),
            new Attack(
                    "a request that is no HTTP",
                    At.EVERY,
                    "exec 3<>/dev/tcp/${AWS_LAMBDA_RUNTIME_API/:/\\/}; head -c 3000 /dev/urandom >&3; timeout 1 cat <&3 | head -c 12",
                    ANY),
            new Attack(
                    "a header without end",
                    At.EVERY,
                    "(printf \"GET / HTTP/1.1\\r\\nx: \"; head -c 3000000 /dev/zero | tr \"\\0\" x) | timeout 2 curl -sm 1 telnet://$AWS_LAMBDA_RUNTIME_API | head -c 12",
                    ANY),
            new Attack(
                    "10 open connections",
                    At.EVERY,
                    "for i in {1..10}; do exec {fd}<>/dev/tcp/${AWS_LAMBDA_RUNTIME_API/:/\\/}; done; echo open",
                    "open"),
            new Attack(
                    "a body of 20 MB for another request",
                    At.EVERY,
                    "head -c 20000000 /dev/zero | curl -s --data-binary @- $api/invocation/x/response",
                    "(?s).*InvalidRequestID.*"),
            new Attack(
                    "an answer that is cut off",
                    At.EVERY,
                    "exec 3<>/dev/tcp/${AWS_LAMBDA_RUNTIME_API/:/\\/}; printf \"POST /2018-06-01/runtime/invocation/$id/response HTTP/1.1\\r\\nContent-Length: 99\\r\\n\\r\\ncut\" >&3; exec 3>&-; sleep 0.2; kill -9 $runtime",
                    ANY),
            new Attack("a kill of the runtime", At.EVERY, "kill -9 $runtime", DEAD),
            new Attack(
                    "a kill of the runtime with a child left",
                    At.EVERY,
                    "setsid sleep 50 >/dev/null 2>&1 9>&- & kill -9 $runtime",
                    DEAD),
            new Attack("an abort of the runtime", At.EVERY, "kill -ABRT $runtime", DEAD),
            new Attack("a kill of the first process", At.FULL, "kill -9 1; echo survived", "survived"),
            new Attack("a stop of the first process", At.FULL, "kill -STOP 1; echo survived", "survived"),
            new Attack(
                    "all signals for the first process",
                    At.FULL,
                    "for s in {1..64}; do kill -$s 1; done 2>/dev/null; echo survived",
                    "survived"),
            new Attack("SIGKILL for everything", At.FULL, "kill -9 -1", DEAD),
            new Attack(
                    "SIGTERM, SIGHUP and SIGINT for everything",
                    At.FULL,
                    "trap \"\" TERM HUP INT; for s in TERM HUP INT; do kill -$s -1; done; echo sent",
                    "(sent|Runtime.ExitError.*)"),
            new Attack(
                    "SIGCONT, SIGALRM, SIGUSR1 and SIGPIPE for everything",
                    At.FULL,
                    "trap \"\" ALRM USR1 PIPE; for s in CONT ALRM USR1 PIPE; do kill -$s -1; done; echo sent",
                    "(sent|Runtime.ExitError.*)"),
            new Attack(
                    "SIGKILL for every process by its number",
                    At.FULL,
                    "for p in /proc/[0-9]*; do kill -9 ${p#/proc/}; done 2>/dev/null; kill -9 $$",
                    DEAD),
            new Attack("a kill of the runtime's process group", At.FULL, "kill -9 0", DEAD),
            new Attack("a closed output", At.EVERY, "exec >&- 2>&- 0<&-; kill -0 $$", ""),
            new Attack(
                    "a thousand descriptors",
                    At.EVERY,
                    "for i in {10..1020}; do eval \"exec $i</dev/null\"; done 2>/dev/null; echo open",
                    "open"),
            new Attack(
                    "descriptors of Maven",
                    At.EVERY,
                    "ls -l /proc/self/fd | grep -cE \"HOST|supervisor|/(dev/tty|dev/pts)\"",
                    "[01]"),
            new Attack(
                    "the first process's descriptors",
                    At.FULL,
                    "for f in 0 1 2 3 4; do echo garbage > /proc/1/fd/$f && echo written; done 2>/dev/null; :",
                    ""),
            new Attack(
                    "the descriptors of every process of the sandbox's own",
                    At.FULL,
                    "for p in /proc/[0-9]*; do [ $p = /proc/$$ ] || grep -qs bootstrap $p/cmdline && continue; for f in 0 1 3 4; do echo 0 > $p/fd/$f && echo $p $f; done; done 2>/dev/null; :",
                    ""),
            new Attack(
                    "the first process's memory",
                    At.FULL,
                    "head -c 1 /proc/1/mem /proc/1/environ /proc/1/maps 2>/dev/null | wc -c",
                    "0"),
            new Attack(
                    "the first process's root directory",
                    At.FULL,
                    "ls -L /proc/1/root /proc/1/cwd >/dev/null 2>&1 || echo refused",
                    "refused"),
            new Attack(
                    "a tracer of the first process",
                    At.FULL,
                    "./call ptrace 16 1 0 0; ./call ptrace 0x4206 1 0 0",
                    "-1 (EPERM|EACCES|ENOSYS|EINVAL) *\n-1 (EPERM|EACCES|ENOSYS|EINVAL) *"),
            new Attack(
                    "a descriptor by pidfd_getfd",
                    At.FULL,
                    "./call pidfd_open 1 0; python3 -c \"import ctypes,os; print(ctypes.CDLL(None).syscall(438, ctypes.CDLL(None).syscall(434, 1, 0), 0, 0))\"",
                    "(?s).*-1"),
            new Attack(
                    "scores of the out-of-memory killer",
                    At.FULL,
                    "(echo -1000 > /proc/self/oom_score_adj) 2>/dev/null || echo refused",
                    "refused"),
            new Attack(
                    "300 MB in memfd_create",
                    At.LIMITED,
                    "python3 -c \"import os,time; f=os.memfd_create('x'); b=b'x'*1048576; [os.write(f,b) for i in range(300)]; time.sleep(5)\"",
                    DEAD),
            new Attack(
                    "300 MB of shared memory",
                    At.LIMITED,
                    "python3 -c \"import mmap,time; m=mmap.mmap(-1,300<<20); b=b'x'*1048576; [m.write(b) for i in range(300)]; time.sleep(5)\"",
                    DEAD),
            new Attack(
                    "300 MB in four processes",
                    At.LIMITED,
                    "for i in 1 2 3 4; do python3 -c \"import time; x=b'x'*(100<<20); time.sleep(5)\" & done; wait",
                    DEAD),
            new Attack(
                    "memory that children share",
                    At.EVERY,
                    "python3 -c \"\nimport os,time\nx=b'x'*(100<<20)\nc=[os.fork() or (time.sleep(0.5), os._exit(0)) for i in range(4)]\n[os.wait() for i in c]\nprint('shared')\"",
                    "shared"),
            new Attack(
                    "a large memfd without content",
                    At.EVERY,
                    "python3 -c \"import os,time; f=os.memfd_create('x'); os.truncate(f, 1<<40); time.sleep(0.4); print('empty')\"",
                    "empty"),
            new Attack(
                    "a full /tmp",
                    At.LIMITED,
                    "head -c 100000000 /dev/zero > /tmp/full; ls -s --block-size=1M /tmp/full | cut -d\" \" -f1",
                    "(?s).*No space left on device\\n6\\d"),
            new Attack(
                    "a full /tmp that stays full", At.LIMITED, "echo x > /tmp/more", "(?s).*No space left on device"),
            new Attack(
                    "room in /tmp again", At.LIMITED, "rm -f /tmp/full /tmp/more; echo x > /tmp/x && cat /tmp/x", "x"),
            new Attack(
                    "a file that is deleted and held",
                    At.LIMITED,
                    "exec 8>/tmp/held; rm /tmp/held; head -c 100000000 /dev/zero >&8; echo end",
                    "(?s).*end"),
            new Attack(
                    "folders without permissions",
                    At.EVERY,
                    "mkdir -p $TMP/a/b; : > $TMP/a/b/c; chmod 0 $TMP/a/b $TMP/a; echo closed",
                    "closed"),
            new Attack(
                    "names that are hard to write",
                    At.EVERY,
                    "cd $TMP; touch -- -rf ' ' $'\\n' $'\\e[2J' '*' 'é'; ls | wc -l >/dev/null; echo made",
                    "made"),
            new Attack(
                    "links out of /tmp",
                    At.EVERY,
                    "mkdir -p $TMP/l; ln -sf HOST $TMP/l/host; ln -sfn / $TMP/l/root; ln -sf .. $TMP/l/up; echo linked",
                    "linked"),
            new Attack(
                    "2100 folders below each other",
                    At.EVERY,
                    "python3 -c \"\nimport os\nos.chdir(os.environ['TMP'])\nfor i in range(2100): os.mkdir('d'); os.chdir('d')\nprint('deep')\"",
                    "deep"),
            new Attack(
                    "a write to what is read-only",
                    At.FULL,
                    "for d in /var/task /opt /var/lang /usr /etc /dev /var/runtime / /proc /sys; do (: > $d/written) 2>/dev/null && echo $d; done; :",
                    ""),
            new Attack(
                    "a write through a link",
                    At.FULL,
                    "ln -sfn / /tmp/slash; (: > /tmp/slash/var/task/bootstrap) 2>/dev/null && echo written; (: >> /tmp/slash/etc/passwd) 2>/dev/null && echo written; :",
                    ""),
            new Attack(
                    "files of the machine",
                    At.FULL,
                    "cat /etc/shadow /etc/sudoers ~root/.bashrc /var/log/dpkg.log 2>/dev/null; for d in /home /root /run /srv /mnt; do ls -d $d/*; cat $d/.bashrc; done 2>/dev/null; ls -d HOST /var/lib 2>/dev/null; :",
                    ""),
            new Attack(
                    "the log through the descriptor's name",
                    At.FULL,
                    "(: > /proc/$PPID/fd/9) 2>/dev/null && echo emptied; :",
                    ""),
            new Attack("100 MB for the log", At.EVERY, "head -c 100000000 /dev/zero >&9; echo logged", "logged"),
            new Attack(
                    "a device",
                    At.FULL,
                    "mknod /tmp/sda b 8 0; mknod /tmp/mem c 1 1; ls /dev/mem /dev/kmsg /dev/sda /dev/fuse /dev/kvm /dev/net /dev/tty /dev/ptmx 2>/dev/null; ls /tmp/sda /tmp/mem 2>/dev/null; :",
                    "(mknod: .*\\n?)*"),
            new Attack(
                    "a mount",
                    At.FULL,
                    "./call mount none /tmp tmpfs 0 0; ./call mount / /tmp none 4096 0",
                    "-1 (EPERM|EACCES|ENOSYS|EINVAL) *\n-1 (EPERM|EACCES|ENOSYS|EINVAL) *"),
            new Attack(
                    "the end of a mount",
                    At.FULL,
                    "./call umount2 /tmp 2; ./call umount2 /proc 2; ./call umount2 /var/task 2",
                    "-1 (EPERM|EACCES|ENOSYS|EINVAL) *\n-1 (EPERM|EACCES|ENOSYS|EINVAL) *\n-1 (EPERM|EACCES|ENOSYS|EINVAL) *"),
            new Attack(
                    "a mount that becomes writable",
                    At.FULL,
                    "./call mount none /var/task none 0x1020 0",
                    "-1 (EPERM|EACCES|ENOSYS|EINVAL) *"),
            new Attack(
                    "another root directory",
                    At.FULL,
                    "./call chroot /tmp; ./call pivot_root /tmp /tmp 2>&1 | tail -1",
                    ANY),
            new Attack(
                    "a namespace of its own for mounts",
                    At.FULL,
                    "unshare -Urm sh -c \"mount -o remount,bind,rw /var/task; : > /var/task/written; umount /var/task; umount /tmp; ls /root\" 2>/dev/null; ls /var/task | grep written; :",
                    ""),
            new Attack(
                    "the namespaces of another process",
                    At.FULL,
                    "for n in mnt net pid user; do nsenter --$n=/proc/1/ns/$n true 2>/dev/null && echo entered $n; done; :",
                    ""),
            new Attack(
                    "the machine's name",
                    At.FULL,
                    "hostname evil 2>/dev/null; ./call sethostname evil 4; hostname",
                    "(?s)-1 (EPERM|EACCES|ENOSYS|EINVAL) *\n.*(?<!evil)"),
            new Attack(
                    "privileges that a program could give",
                    At.FULL,
                    "grep NoNewPrivs /proc/self/status | cut -f2",
                    "1"),
            new Attack(
                    "setuid programs",
                    At.FULL,
                    "for p in su sudo passwd mount newgrp chsh; do [ -u /usr/bin/$p ] && timeout 1 $p -c \"id -u\" </dev/null 2>/dev/null; done | grep -x 0; :",
                    ""),
            new Attack(
                    "another user's id",
                    At.FULL,
                    "./call setuid 0; ./call setgid 0; ./call setresuid 0 0 0",
                    "(?s)(-1 (EPERM|EINVAL) *\n?){3}"),
            new Attack(
                    "capabilities",
                    At.FULL,
                    "grep -E \"Cap(Prm|Eff|Inh|Amb)\" /proc/self/status | cut -f2 | sort -u",
                    "0{16}"),
            new Attack(
                    "the kernel's settings",
                    At.FULL,
                    "for f in /proc/sys/kernel/core_pattern /proc/sys/kernel/hostname /proc/sys/vm/drop_caches /proc/sys/kernel/pid_max /proc/sysrq-trigger /proc/sys/net/ipv4/ip_forward; do (: >> $f) 2>/dev/null && echo $f; done; :",
                    ""),
            new Attack("keys of the kernel's keyrings", At.FULL, "./call keyctl 11 -3 0 0; ./call keyctl 6 -3", ANY),
            new Attack(
                    "the kernel's code",
                    At.FULL,
                    "./call bpf 5 0 0; ./call init_module 0 0 0; ./call kexec_load 0 0 0 0",
                    "(?s)(-1 (EPERM|EINVAL|ENOSYS|EFAULT) *\n?){3}"),
            new Attack(
                    "the clock and the power",
                    At.FULL,
                    "./call settimeofday 0 0; ./call reboot 0x01234567; ./call swapoff /x; ./call acct /tmp/x",
                    "(?s).*"),
            new Attack(
                    "a higher limit",
                    At.LIMITED,
                    "ulimit -n 100000 2>/dev/null && echo raised; ulimit -u 100000 2>/dev/null && echo raised; ./call nice -5",
                    "-1 EPERM *"),
            new Attack(
                    "limits as on Lambda",
                    At.FULL,
                    "echo $(ulimit -n; ulimit -c; ulimit -l; ulimit -u)",
                    "1024 0 64 742"),
            new Attack("processes of the machine", At.FULL, "ls -d /proc/[0-9]* | wc -l", "[1-9]|1\\d"),
            new Attack(
                    "the environment of the machine's processes",
                    At.FULL,
                    "cat /proc/[0-9]*/environ 2>/dev/null | tr \"\\0\" \"\\n\" | grep -cE \"^(HOME|USER|MAVEN|JAVA_HOME|LOGNAME)\"",
                    "0"),
            new Attack(
                    "shared memory of the machine",
                    At.FULL,
                    "ls /dev/shm 2>/dev/null; tail -n +2 /proc/sysvipc/shm | wc -l",
                    "0"),
            new Attack(
                    "the machine's Unix sockets",
                    At.FULL,
                    "ls /run/*.sock /run/*/*.sock /var/run/docker.sock /tmp/.X11-unix/* 2>/dev/null; :",
                    ""),
            new Attack(
                    "sockets that need privileges",
                    At.FULL,
                    "python3 -c \"\nimport socket\nfor f, t in ((socket.AF_INET, socket.SOCK_RAW), (socket.AF_PACKET, socket.SOCK_RAW)):\n    try: socket.socket(f, t, 1); print('opened')\n    except OSError: pass\ntry: socket.socket().bind(('127.0.0.1', 81)); print('bound')\nexcept OSError: pass\"",
                    ""));

    /** Each in a sandbox of its own, all at once. */
    static final List<Attack> ENDLESS = List.of(
            new Attack("SIGSTOP for everything", At.LIMITED, "kill -STOP -- -1; sleep 60", "Sandbox.Timedout: .*"),
            new Attack("a stopped runtime", At.EVERY, "kill -STOP $runtime; sleep 60", "Sandbox.Timedout: .*"),
            new Attack(
                    "a daemon that asks for the next event",
                    At.EVERY,
                    "setsid curl -s $api/invocation/next >/dev/null 2>&1 & sleep 60",
                    "Sandbox.Timedout: .*"),
            new Attack(
                    "a command that ignores signals",
                    At.EVERY,
                    "trap \"\" TERM INT HUP QUIT; while :; do sleep 1; done",
                    "Sandbox.Timedout: .*"),
            new Attack(
                    "a daemon that holds the output",
                    At.EVERY,
                    "setsid nohup sleep 60 & disown; echo left",
                    "Sandbox.Timedout: .*"),
            new Attack(
                    "a fork bomb",
                    At.LIMITED,
                    "b() { b | b & }; b; sleep 60",
                    "(Sandbox.Timedout|Runtime.ExitError): .*"),
            new Attack(
                    "processes up to the limit",
                    At.LIMITED,
                    "python3 -c \"import os,time\\nwhile True:\\n  try:\\n    if not os.fork(): time.sleep(60)\\n  except OSError: time.sleep(60)\"; sleep 60",
                    "(Sandbox.Timedout|Runtime.ExitError): .*"),
            new Attack(
                    "a traced first process and a killed runtime",
                    At.FULL,
                    "python3 -c \"import ctypes,time; ctypes.CDLL(None).ptrace(16,1,0,0); time.sleep(60)\" & sleep 0.2; kill -9 $runtime; sleep 60",
                    "(Sandbox.Timedout|Runtime.ExitError): .*"),
            new Attack(
                    "a wait on a request without an end",
                    At.EVERY,
                    "exec 3<>/dev/tcp/${AWS_LAMBDA_RUNTIME_API/:/\\/}; printf \"POST /2018-06-01/runtime/invocation/$id/response HTTP/1.1\\r\\nContent-Length: 99\\r\\n\\r\\ncut\" >&3; sleep 60",
                    "Sandbox.Timedout: .*"),
            new Attack(
                    "stopped processes that obey Maven",
                    At.LIMITED,
                    "for p in /proc/[0-9]*; do p=${p#/proc/}; [ $p = $$ ] || kill -STOP $p; done 2>/dev/null; sleep 60",
                    "Sandbox.Timedout: .*"));

    private HostileCommands() {}
}
