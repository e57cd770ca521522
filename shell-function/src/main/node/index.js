'use strict';
// Runs shell commands for whoever may invoke this function. Requests and results are described on the page
// "The function's protocol" of lambda-shell-maven-plugin.

const { execFileSync, spawn, spawnSync } = require('node:child_process');
const { randomBytes } = require('node:crypto');
const { once } = require('node:events');
const fs = require('node:fs');
const net = require('node:net');
const os = require('node:os');
const path = require('node:path');
const { Writable } = require('node:stream');
const { setTimeout: sleep } = require('node:timers/promises');
const { isUtf8 } = require('node:buffer');

const STDOUT = 1;
const STDERR = 2;
const EVENTS = 3;

const HEARTBEAT_MILLIS = 10_000;
const CONTROL_MILLIS = 200;
// The output counts as ended after so much silence of processes that outlive their shell, or that were killed.
const QUIET_MILLIS = 500;
const QUIET_AFTER_KILL_MILLIS = 50;
// How long a signal has until KILL follows.
const GRACE_MILLIS = { INT: 300, TERM: 250, KILL: 0 };
// A process that is still there so long after KILL hangs in the kernel.
const HOPELESS_MILLIS = 2000;
// Linux' MAX_ARG_STRLEN: the size limit of one argument, its ending NUL included.
const MAX_ARGUMENT = 128 * 1024;
// Of a plain JSON answer, in bytes; Lambda takes 6 MB.
const MAX_JSON = 6_000_000;
// Of a state in base64, which comes back in a request with a command beside it.
const MAX_STATE = 4_000_000;
// While so many bytes of standard input are unread, no more messages are fetched.
const MAX_UNREAD = 4_000_000;
const STATE_HEADER = '# lshell state 1\n';
// By its path, as PATH belongs to the user's commands.
const MKFIFO = '/usr/bin/mkfifo';
const CAPTURE = fs.readFileSync(path.join(__dirname, 'capture.bash'), 'utf8');

const sandbox = randomBytes(8).toString('hex');
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), '.lshell-'));
const shell = findShell();
let invocations = 0;
let commands = 0;

function findShell() {
  const directories = (process.env.PATH || '/usr/local/bin:/usr/bin:/bin').split(':');
  const isProgram = (file) => {
    try {
      fs.accessSync(file, fs.constants.X_OK);
      return true;
    } catch {
      return false;
    }
  };
  return ['bash', 'sh'].find((name) => directories.some((directory) => isProgram(path.join(directory, name))));
}

/** A failure of the function itself, which the result reports. */
/** Set when no command can start any more, because of the processes that earlier ones have left. */
let isOutOfProcesses = false;

class Refusal extends Error {
  constructor(type, message) {
    super(message);
    this.type = type;
  }

  members() {
    return { type: this.type, message: this.message };
  }
}

// ---- The request

const TYPES = {
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  number: (value) => typeof value === 'number',
  array: (value) => Array.isArray(value),
  object: (value) => typeof value === 'object' && !Array.isArray(value),
};

function badRequest(problem) {
  return new Refusal('BadRequest', problem);
}

/** Throws a refusal if a process was not started because there are too many. */
function requireProcesses(failure) {
  if (failure?.code === 'EAGAIN') {
    isOutOfProcesses = true;
    const message =
      'earlier commands have left so many processes that no other one can start; they end now, and the next command finds none of them';
    throw new Refusal('CannotStart', message);
  }
}

/** Returns a member of the right type; undefined when it is absent or null. */
function member(object, name, type) {
  const value = object[name] ?? undefined;
  if (value !== undefined && !TYPES[type](value)) {
    throw badRequest(`\`${name}\` must be of the type ${type}`);
  }
  return value;
}

function text(object, name) {
  const value = member(object, name, 'string');
  if (value?.includes('\0')) {
    throw badRequest(`\`${name}\` must not hold a NUL`);
  }
  return value;
}

function millis(object) {
  const value = member(object, 'timeoutMillis', 'number') ?? Infinity;
  if (value < 1) {
    throw badRequest('`timeoutMillis` must be at least 1');
  }
  return value;
}

function base64(object, name) {
  const value = member(object, name, 'string');
  if (value !== undefined && (value.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(value))) {
    throw badRequest(`\`${name}\` is not base64`);
  }
  return value === undefined ? undefined : Buffer.from(value, 'base64');
}

function state(object) {
  const value = base64(object, 'state');
  if (value !== undefined && !value.toString('latin1').startsWith(STATE_HEADER)) {
    throw badRequest('`state` is not the state of an earlier result');
  }
  return value;
}

function environment(object) {
  const changes = member(object, 'environment', 'object') ?? {};
  for (const [name, value] of Object.entries(changes)) {
    if (value !== null && typeof value !== 'string') {
      throw badRequest(`\`environment.${name}\` must be a string or null`);
    }
    if (name === '' || name.includes('=') || name.includes('\0') || value?.includes('\0')) {
      throw badRequest('`environment`: a name must not be empty or hold `=`, and nothing may hold a NUL');
    }
  }
  return changes;
}

function parseStep(request, step, command) {
  return {
    name: member(step, 'name', 'string'),
    command,
    stdin: base64(step, 'stdin') ?? base64(request, 'stdin') ?? Buffer.alloc(0),
    workingDirectory: text(step, 'workingDirectory') ?? text(request, 'workingDirectory'),
    environment: { ...environment(request), ...environment(step) },
    timeoutMillis: millis(step),
    skipAfterFailure: member(step, 'skipAfterFailure', 'boolean') ?? false,
  };
}

function parse(request) {
  const command = text(request, 'command') ?? text(request, 'cmd');
  const steps = member(request, 'steps', 'array');
  if ((command === undefined) === (steps === undefined)) {
    throw badRequest(steps ? '`command` and `steps` are mutually exclusive' : '`command` or `steps` is required');
  }
  if (member(request, 'handler', 'object')) {
    throw badRequest('only a Java runtime runs a `handler`');
  }
  const parsed = {
    isSingle: command !== undefined,
    syntaxOnly: member(request, 'syntaxOnly', 'boolean') ?? false,
    wantState: member(request, 'wantState', 'boolean') ?? false,
    state: state(request),
    timeoutMillis: millis(request),
    control: text(member(request, 'control', 'object') ?? {}, 'url'),
  };
  if (parsed.isSingle) {
    return { ...parsed, steps: [{ ...parseStep(request, {}, command), timeoutMillis: Infinity }] };
  }
  if (parsed.syntaxOnly || parsed.wantState || parsed.state) {
    throw badRequest('`syntaxOnly`, `wantState` and `state` need `command` instead of `steps`');
  }
  if (steps.length === 0) {
    throw badRequest('`steps` must not be empty');
  }
  return {
    ...parsed,
    steps: steps.map((step) => {
      const own = step && TYPES.object(step) ? text(step, 'command') : undefined;
      if (own === undefined || member(step, 'name', 'string') === undefined) {
        throw badRequest('a member of `steps` needs `name` and `command`');
      }
      return parseStep(request, step, own);
    }),
  };
}

// ---- The response

/** Frames: one byte channel, three zero bytes, a four-byte big-endian length, the bytes. */
class FrameResponse {
  constructor(out) {
    this.out = out;
    this.lastFrame = Date.now();
    this.heart = setInterval(() => this.beat(), 1000);
  }

  async output(channel, bytes) {
    const header = Buffer.alloc(8);
    header[0] = channel;
    header.writeUInt32BE(bytes.length, 4);
    this.lastFrame = Date.now();
    if (!this.out.write(Buffer.concat([header, bytes]))) {
      await once(this.out, 'drain');
    }
  }

  beat() {
    if (Date.now() - this.lastFrame >= HEARTBEAT_MILLIS) {
      this.event('heartbeat').catch(() => {
        // The command's own output, or its end, fails on the same broken connection.
      });
    }
  }

  event(type, members) {
    return this.output(EVENTS, Buffer.from(JSON.stringify({ type, ...members })));
  }

  step(members) {
    return this.event('step', members);
  }

  result(members) {
    return this.event('result', members);
  }

  close() {
    clearInterval(this.heart);
  }
}

/** One JSON object at the end. The output also goes to the function's log, as it comes. */
class JsonResponse {
  constructor(out) {
    this.out = out;
    this.kept = { [STDOUT]: [], [STDERR]: [] };
    this.room = MAX_JSON;
    this.steps = [];
    this.truncated = false;
  }

  async output(channel, bytes) {
    process.stdout.write(bytes);
    const kept = bytes.length > this.room ? cut(bytes, this.room) : bytes;
    this.truncated ||= kept.length < bytes.length;
    this.room -= kept.length;
    this.kept[channel].push(kept);
  }

  async step(members) {
    this.steps.push(members);
  }

  async result(members) {
    let stdout = Buffer.concat(this.kept[STDOUT]);
    let stderr = Buffer.concat(this.kept[STDERR]);
    let json = this.json(stdout, stderr, members);
    while (json.length > MAX_JSON && stdout.length + stderr.length > 0) {
      // Escapes and base64 take more than the bytes did: cut the longer one in proportion until all fits.
      this.truncated = true;
      const fits = (0.99 * MAX_JSON) / json.length;
      if (stdout.length >= stderr.length) {
        stdout = cut(stdout, Math.floor(stdout.length * fits));
      } else {
        stderr = cut(stderr, Math.floor(stderr.length * fits));
      }
      json = this.json(stdout, stderr, members);
    }
    this.out.write(json);
  }

  json(stdout, stderr, members) {
    const answer = { stdout: stdout.toString() };
    if (!isUtf8(stdout)) {
      answer.stdoutBase64 = stdout.toString('base64');
    }
    answer.stderr = stderr.toString();
    if (!isUtf8(stderr)) {
      answer.stderrBase64 = stderr.toString('base64');
    }
    if (this.steps.length > 0) {
      answer.steps = this.steps;
    }
    return Buffer.from(JSON.stringify({ ...answer, ...members, truncated: this.truncated }));
  }

  close() {}
}

/** Returns the first bytes, without a UTF-8 character cut in two. */
function cut(bytes, length) {
  let end = length;
  while (end > 0 && length - end < 3 && (bytes[end] & 0xc0) === 0x80) {
    end--;
  }
  return bytes.subarray(0, end);
}

// ---- Processes, as /proc shows them

function read(file) {
  try {
    return fs.readFileSync(file, 'latin1');
  } catch {
    return ''; // The process has ended meanwhile, or is another user's.
  }
}

/** Returns the time since the system's start in clock ticks, 100 a second on Lambda. */
function ticks() {
  return Math.floor(parseFloat(read('/proc/uptime')) * 100);
}

/** Returns the living processes that have started since then, by id. */
function processes(startTicks) {
  const table = new Map();
  const ids = fs.existsSync('/proc') ? fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name)) : [];
  for (const id of ids) {
    // PID (NAME) STATE PARENT ..., START is the 22nd. The name may itself hold blanks and parentheses.
    const stat = read(`/proc/${id}/stat`);
    const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const start = Number(fields[19]);
    if (start >= startTicks && !'ZX'.includes(fields[0])) {
      table.set(Number(id), { pid: Number(id), name, parent: Number(fields[1]), start });
    }
  }
  return table;
}

function hasVariable({ pid }, assignment) {
  return `\0${read(`/proc/${pid}/environ`)}`.includes(`\0${assignment}\0`);
}

function holds({ pid }, files) {
  try {
    return fs.readdirSync(`/proc/${pid}/fd`).some((fd) => files.includes(fs.readlinkSync(`/proc/${pid}/fd/${fd}`)));
  } catch {
    return false; // As in read.
  }
}

// ---- Pipes

// Node would give a child sockets, which can't be opened as /dev/stderr.
const { O_RDONLY, O_WRONLY, O_RDWR, O_NONBLOCK } = fs.constants;

function makePipe(file) {
  try {
    execFileSync(MKFIFO, ['-m', '600', file], { env: {} });
  } catch (failure) {
    requireProcesses(failure);
    throw failure;
  }
}

/** A pipe that a child writes to and this process reads. */
class OutputPipe {
  constructor(name) {
    this.file = path.join(scratch, name);
    if (!fs.existsSync(this.file)) {
      makePipe(this.file);
    }
    const reader = fs.openSync(this.file, O_RDONLY | O_NONBLOCK);
    this.writer = fs.openSync(this.file, O_WRONLY);
    this.socket = new net.Socket({ fd: reader, readable: true, writable: false });
    this.socket.unref();
    this.ended = false;
    this.passing = false;
    this.lastRead = performance.now();
  }

  /** Passes output on until no process holds the pipe any more; drops it after drop(). */
  async drain(take) {
    this.take = take;
    for await (const bytes of this.socket) {
      this.passing = true;
      await this.take(bytes);
      this.passing = false;
      this.lastRead = performance.now();
    }
    this.ended = true;
  }

  quietMillis() {
    return this.passing ? 0 : performance.now() - this.lastRead;
  }

  drop() {
    this.take = () => {};
    if (!this.ended) {
      fs.rmSync(this.file); // The next command gets another pipe than those who still hold this one.
    }
  }
}

/** A pipe that a child reads, for input that comes while it runs. */
class InputPipe {
  /** first: what the child reads before anything else */
  constructor(first) {
    const file = path.join(scratch, 'stdin');
    makePipe(file);
    // Neither end can be opened without the other unless one descriptor holds both for a moment.
    const both = fs.openSync(file, O_RDWR);
    this.reader = fs.openSync(file, O_RDONLY);
    // Keeps what no process reads.
    this.rest = fs.openSync(file, O_RDONLY | O_NONBLOCK);
    this.socket = new net.Socket({ fd: fs.openSync(file, O_WRONLY | O_NONBLOCK), readable: false, writable: true });
    fs.closeSync(both);
    fs.rmSync(file);
    this.socket.unref();
    this.fed = 0;
    this.socket.write(first);
  }

  feed(bytes) {
    if (this.socket.writable) {
      this.fed += bytes.length;
      this.socket.write(bytes);
    }
  }

  end() {
    this.socket.end();
  }

  /** Returns what was fed and no process has read; nothing can be fed any more. */
  async unread() {
    const chunks = [];
    if (this.fed > 0) {
      this.end();
      const rest = new net.Socket({ fd: this.rest, readable: true, writable: false });
      this.rest = undefined;
      for await (const chunk of rest) {
        chunks.push(chunk);
      }
    }
    const all = Buffer.concat(chunks);
    return all.subarray(Math.max(0, all.length - this.fed));
  }

  close() {
    this.socket.destroy();
    if (this.rest !== undefined) {
      fs.closeSync(this.rest);
    }
  }
}

// ---- The shell's state

function quote(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Returns the command of the EXIT trap that writes the shell's state into a folder. See capture.bash. */
function capturing(directory, changes) {
  const script = path.join(scratch, 'capture.bash');
  const sandbox = path.join(scratch, 'sandbox.bash');
  const isName = (name) => /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name);
  if (!fs.existsSync(script)) {
    const variables = Object.entries(process.env).filter(([name]) => isName(name));
    fs.writeFileSync(sandbox, variables.map(([name, value]) => `__lshell_sandbox[${name}]=${quote(value)}\n`).join(''));
    fs.writeFileSync(script, CAPTURE);
  }
  const names = Object.keys(changes).filter((name) => isName(name) && changes[name] !== null);
  const files = [script, directory, sandbox, ...names].map(quote).join(' ');
  // A DEBUG trap would write to the command's output.
  const begin = '{ __lshell_options=$SHELLOPTS __lshell_shopts=$BASHOPTS POSIXLY_CORRECT=; \\trap - DEBUG ERR RETURN; }';
  return `${begin} >/dev/null 2>&1; { \\. ${files} || \\source ${files}; } 2>/dev/null`;
}

/**
 * Returns the script that a session's shell reads before its command: restores `state` and sets the EXIT trap `trap`,
 * both optional. The state's last line comes last, as it sets the options that show or check every command after them.
 */
function prelude(original, state, trap) {
  const first =
    original === undefined
      ? 'unset -v BASH_ENV\n'
      : `BASH_ENV=${quote(original)}\neval "[ -r \\"$BASH_ENV\\" ] && . \\"$BASH_ENV\\""\n`;
  const end = state ? state.lastIndexOf('\n', state.length - 2) + 1 : 0;
  return Buffer.concat([
    Buffer.from(first),
    state ? state.subarray(0, end) : Buffer.from('shopt -s expand_aliases\n'),
    Buffer.from(trap ? `\\builtin trap -- ${quote(trap)} EXIT\n` : ''),
    state ? state.subarray(end) : Buffer.alloc(0),
  ]);
}

// ---- One command

class Command {
  constructor(step, { wantState, state, control }, trace, response) {
    this.step = step;
    this.wantState = wantState;
    this.state = state;
    this.stdinStaysOpen = control !== undefined;
    this.trace = `${trace};LShell=${++commands}`;
    this.directory = path.join(scratch, String(commands));
    this.response = response;
    this.outputs = [];
    this.known = new Map(); // The start times of its processes, by id.
    this.timedOut = false;
    this.interrupted = false;
  }

  /** Runs it until the deadline or its own timeout; lambdaDeadline ends the function. In epoch milliseconds. */
  async run(deadline, lambdaDeadline) {
    const started = performance.now();
    this.startTicks = ticks();
    let timer;
    try {
      await this.start();
      const timeout = Math.min(deadline - Date.now(), this.step.timeoutMillis);
      timer = setTimeout(() => this.time(lambdaDeadline), Math.max(0, Math.min(timeout, 2 ** 31 - 1)));
      // When the output can't be passed on any more, the command is not waited for.
      const exitCode = await Promise.race([this.exited, this.drains.then(() => this.exited)]);
      const isDrained = await this.drained();
      clearTimeout(timer);
      await this.ending;
      return {
        exitCode,
        timedOut: this.timedOut,
        interrupted: this.interrupted,
        durationMillis: Math.round(performance.now() - started),
        stragglers: isDrained ? [] : this.holders(),
        unread: (await this.input?.unread()) ?? Buffer.alloc(0),
        ...this.captured(),
      };
    } catch (failure) {
      await this.end('KILL', 0);
      throw failure;
    } finally {
      this.over = true;
      clearTimeout(timer);
      this.close();
    }
  }

  async start() {
    this.outputs = [new OutputPipe('stdout'), new OutputPipe('stderr')];
    const [stdout, stderr] = this.outputs;
    const stdin = this.openInput();
    try {
      const child = spawn(shell, ['-c', this.argument()], {
        cwd: this.step.workingDirectory,
        env: this.environment(),
        stdio: [stdin, stdout.writer, stderr.writer],
      });
      this.pid = child.pid;
      this.exited = new Promise((resolve) => {
        child.once('exit', (code, signal) => {
          this.pid = undefined; // Another process may get that id from now on.
          resolve(code ?? 128 + os.constants.signals[signal]);
        });
      });
      await once(child, 'spawn');
    } catch (failure) {
      requireProcesses(failure);
      const directory = this.step.workingDirectory;
      const reason = directory && !fs.existsSync(directory) ? `there is no directory ${directory}` : failure.message;
      throw new Refusal('CannotStart', reason);
    } finally {
      [stdin, stdout.writer, stderr.writer].forEach((fd) => fs.closeSync(fd));
      this.drains = Promise.all([
        stdout.drain((bytes) => this.response.output(STDOUT, bytes)),
        stderr.drain((bytes) => this.response.output(STDERR, bytes)),
      ]);
      this.drains.catch(() => {}); // run() reports it.
    }
  }

  /** Opens the command's standard input: a file, unless more may come while it runs. */
  openInput() {
    if (this.stdinStaysOpen) {
      this.input = new InputPipe(this.step.stdin);
      return this.input.reader;
    }
    return fs.openSync(this.step.stdin.length > 0 ? this.write('stdin', this.step.stdin) : '/dev/null', O_RDONLY);
  }

  /** Writes a file for as long as the command runs. */
  write(name, content) {
    fs.mkdirSync(this.directory, { recursive: true, mode: 0o700 });
    const file = path.join(this.directory, name);
    fs.writeFileSync(file, content);
    return file;
  }

  argument() {
    const command = this.step.command;
    if (Buffer.byteLength(command) < MAX_ARGUMENT) {
      return command;
    }
    return `eval "$(${shell === 'bash' ? '<' : 'cat '}${this.write('command', command)})"`;
  }

  environment() {
    const environment = { ...process.env, ...this.step.environment };
    Object.keys(environment).forEach((name) => environment[name] === null && delete environment[name]);
    environment._X_AMZN_TRACE_ID = this.trace;
    if (shell === 'bash' && (this.wantState || this.state)) {
      if (this.wantState) {
        this.write('state', '');
      }
      const trap = this.wantState && capturing(this.directory, this.step.environment);
      environment.BASH_ENV = this.write('prelude', prelude(environment.BASH_ENV, this.state, trap));
    }
    return environment;
  }

  /** Waits for the end of the output, or for silence. What the shell itself wrote is always read. */
  async drained() {
    const exited = performance.now();
    for (;;) {
      // Looks at the pipes: by the second turn of the event loop what is in them has been read.
      await new Promise((done) => setImmediate(() => setImmediate(done)));
      const limit = this.ended ? QUIET_AFTER_KILL_MILLIS : QUIET_MILLIS;
      const quiet = Math.min(performance.now() - exited, ...this.outputs.map((output) => output.quietMillis()));
      if (quiet >= limit) {
        return this.outputs.every((output) => output.ended);
      }
      if (await Promise.race([this.drains.then(() => true), sleep(Math.min(limit - quiet, 20), false)])) {
        return true;
      }
    }
  }

  captured() {
    if (!this.wantState) {
      return {};
    }
    const lost = (stateReason) => ({ stateCaptured: false, stateReason });
    if (shell !== 'bash') {
      return lost('only bash can report its state, and there is none');
    }
    const file = (name) => path.join(this.directory, name);
    if (!fs.existsSync(file('directory'))) {
      return lost('the shell was replaced or killed, or the command has an EXIT trap of its own');
    }
    const state = fs.readFileSync(file('state'), 'base64');
    if (state.length > MAX_STATE) {
      return lost(`it has ${state.length} bytes, but a request has room for ${MAX_STATE}`);
    }
    return { stateCaptured: true, state, workingDirectory: fs.readFileSync(file('directory'), 'utf8') };
  }

  time(lambdaDeadline) {
    this.timedOut = true;
    const left = Math.max(0, (lambdaDeadline - Date.now()) / 2);
    this.ending = this.end('TERM', Math.min(GRACE_MILLIS.TERM, left));
  }

  async interrupt(signal) {
    this.interrupted = true;
    this.ending = this.end(signal, GRACE_MILLIS[signal]);
    await this.ending;
  }

  /** Ends everything that the command started: with the signal first, after the grace with KILL. */
  async end(signal, graceMillis) {
    const over = performance.now() + graceMillis;
    this.signal(signal);
    while (this.find().size > 0 && performance.now() < over + HOPELESS_MILLIS) {
      await sleep(10);
      if (performance.now() >= over) {
        this.signal('KILL');
      }
    }
    this.ended = true;
  }

  signal(signal) {
    for (const pid of this.find().keys()) {
      try {
        process.kill(pid, `SIG${signal}`);
      } catch {
        // It has ended meanwhile.
      }
    }
  }

  /**
   * Returns the living processes that the command started: its shell's descendants, the carriers of its marker, the
   * holders of its output. Descent misses those whose parent has ended, the marker those with an empty environment.
   */
  find() {
    const table = processes(this.startTicks);
    for (const [pid, start] of this.known) {
      if (table.get(pid)?.start !== start) {
        this.known.delete(pid);
      }
    }
    const files = this.outputs.map((output) => output.file);
    for (let before = -1; before < this.known.size; ) {
      before = this.known.size;
      for (const entry of table.values()) {
        const isChild = entry.pid === this.pid || this.known.has(entry.parent);
        if (!this.known.has(entry.pid) && (isChild || hasVariable(entry, `_X_AMZN_TRACE_ID=${this.trace}`) || holds(entry, files))) {
          this.known.set(entry.pid, entry.start);
        }
      }
    }
    return this.known;
  }

  holders() {
    const files = this.outputs.map((output) => output.file);
    return [...processes(this.startTicks).values()].filter((entry) => holds(entry, files)).map(({ pid, name }) => ({ pid, name }));
  }

  close() {
    this.outputs.forEach((output) => output.drop());
    this.input?.close();
    fs.rmSync(this.directory, { recursive: true, force: true });
  }
}

/** Tells whether a command is complete, without running it: as the shell with that state would parse it. */
function syntax({ command, environment }, state) {
  const env = { ...process.env, ...environment, LC_ALL: 'C' };
  Object.keys(env).forEach((name) => env[name] === null && delete env[name]);
  const options = ['-n'];
  const file = path.join(scratch, 'parse');
  if (state && shell === 'bash') {
    // Without the options of the last line, which might show the command instead of parsing it.
    const restored = state.subarray(0, state.lastIndexOf('\n', state.length - 2) + 1);
    const [before, after] = ['exec 9>&2 2>/dev/null\n', 'shopt -s expand_aliases\nexec 2>&9 9>&-\nset -n\n'];
    fs.writeFileSync(file, Buffer.concat([Buffer.from(before), restored, Buffer.from(after)]));
    env.BASH_ENV = file;
    options.pop();
  }
  const { status, stderr, error } = spawnSync(shell, options, { input: command, env });
  requireProcesses(error);
  const message = stderr.toString().trim();
  const isOpen =
    /unexpected end of file|unexpected EOF while|delimited by end-of-file/.test(message) ||
    /end of file unexpected|[Uu]nterminated quoted string|EOF in backquote|Missing '(}|\)\))'/.test(message) ||
    (status === 0 && /(^|[^\\])(\\\\)*\\$/.test(command));
  return { syntax: isOpen ? 'incomplete' : status === 0 ? 'complete' : 'invalid', ...(message && { message }) };
}

// ---- One invocation

function newTrace() {
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  return `Root=1-${seconds}-${randomBytes(12).toString('hex')};Sampled=0`;
}

class Invocation {
  constructor(request, response, context) {
    this.request = request;
    this.response = response;
    this.trace = process.env._X_AMZN_TRACE_ID || newTrace();
    const left = context.getRemainingTimeInMillis();
    this.lambdaDeadline = Date.now() + left;
    this.deadline = Date.now() + Math.min(left - Math.min(left / 10, 1000), request.timeoutMillis);
    this.received = 0;
    this.missed = false; // After the first message that reached no command, no later one counts.
    this.interrupted = false;
  }

  async run() {
    if (this.request.syntaxOnly) {
      return syntax(this.request.steps[0], this.request.state);
    }
    const over = new AbortController();
    const following = this.follow(over.signal);
    try {
      return await this.runSteps();
    } finally {
      over.abort();
      await following;
    }
  }

  async runSteps() {
    const started = performance.now();
    const result = { timedOut: false };
    const stragglers = [];
    const unread = [];
    let failed = false;
    for (const step of this.request.steps) {
      const members = { name: step.name };
      if (this.interrupted || Date.now() >= this.deadline || (failed && step.skipAfterFailure)) {
        members.skipped = true;
      } else {
        try {
          this.command = new Command(step, this.request, this.trace, this.response);
          const outcome = await this.command.run(this.deadline, this.lambdaDeadline);
          const { exitCode, timedOut, interrupted, durationMillis, stragglers: found, unread: rest, ...state } = outcome;
          failed ||= exitCode !== 0 || timedOut;
          stragglers.push(...found);
          unread.push(rest);
          Object.assign(members, { exitCode, timedOut, durationMillis });
          Object.assign(result, state, { exitCode });
          result.timedOut ||= timedOut;
          this.interrupted ||= interrupted;
        } catch (failure) {
          if (!(failure instanceof Refusal)) {
            throw failure;
          }
          failed = true;
          members.error = failure.members();
          result.error ??= members.error;
        }
      }
      if (!this.request.isSingle) {
        await this.response.step(members);
      }
    }
    Object.assign(result, { interrupted: this.interrupted, durationMillis: Math.round(performance.now() - started) });
    if (this.request.control) {
      result.controlMessages = this.received;
    }
    if (unread.some((bytes) => bytes.length > 0)) {
      result.unreadStdin = Buffer.concat(unread).toString('base64');
    }
    return stragglers.length > 0 ? { ...result, stragglers } : result;
  }

  /** Acts on the messages of the control channel, until `over`. Most commands have ended before the first look. */
  async follow(over) {
    const pause = () => sleep(CONTROL_MILLIS, undefined, { signal: over }).catch(() => {});
    let url = this.request.control;
    if (url) {
      await pause();
    }
    while (url && !over.aborted) {
      const isRead = (this.command?.input?.socket.writableLength ?? 0) < MAX_UNREAD;
      const message = isRead ? await this.fetchMessage(url, over) : undefined;
      if (message && !over.aborted) {
        await this.act(message);
        url = message.next;
      } else {
        await pause();
      }
    }
  }

  async act({ stdin, closeStdin, signal }) {
    const { command } = this;
    this.missed ||= !command?.pid;
    if (!this.missed) {
      this.received++;
      if (stdin) {
        command.input.feed(stdin);
      }
      if (closeStdin) {
        command.input.end();
      }
    }
    if (signal && command && !command.over) {
      await command.interrupt(signal);
    } else if (signal) {
      this.interrupted = true; // Between two steps.
    }
  }

  async fetchMessage(url, signal) {
    try {
      const answer = await fetch(url, { signal });
      const message = answer.status === 200 ? await answer.json() : await answer.body?.cancel();
      if (!message || !TYPES.object(message)) {
        return undefined;
      }
      const { next, signal: name } = { next: text(message, 'next'), signal: text(message, 'signal') };
      if (name !== undefined && !(name in GRACE_MILLIS)) {
        return undefined;
      }
      return { stdin: base64(message, 'stdin'), closeStdin: member(message, 'closeStdin', 'boolean'), signal: name, next };
    } catch {
      return undefined; // Not there, not complete, no message: not yet.
    }
  }
}

async function serve(request, out, context) {
  const isObject = request && TYPES.object(request);
  const response = isObject && request.accept === 'frames' ? new FrameResponse(out) : new JsonResponse(out);
  let result;
  try {
    if (!isObject) {
      throw badRequest('the request must be a JSON object');
    }
    if (![undefined, null, 'json', 'frames'].includes(request.accept)) {
      throw badRequest('`accept` must be `frames` or `json`');
    }
    const parsed = parse(request);
    if (!shell) {
      throw new Refusal('NoShell', 'neither bash nor sh is on the PATH');
    }
    result = await new Invocation(parsed, response, context).run();
  } catch (failure) {
    if (!(failure instanceof Refusal)) {
      throw failure;
    }
    result = { error: failure.members() };
  } finally {
    response.close();
  }
  await response.result({ ...result, sandbox, invocation: ++invocations });
}

async function stream(request, out, context) {
  context.callbackWaitsForEmptyEventLoop = false; // Processes that outlive their command are not waited for.
  await serve(request, out, context);
  if (isOutOfProcesses) {
    // The platform ends them all with this process, and starts another one.
    out.once('finish', () => process.exit(1));
  }
  out.end();
}

/** For a runtime that can't stream: without frames. */
async function buffer(request, context) {
  const chunks = [];
  const out = new Writable({ write: (chunk, encoding, done) => done(null, chunks.push(chunk)) });
  await serve(request && { ...request, accept: undefined }, out, context);
  return JSON.parse(Buffer.concat(chunks).toString());
}

exports.handler = globalThis.awslambda ? awslambda.streamifyResponse(stream) : buffer;
