# Checks that the dynamic loader finds what ELF files need: reads their headers, dynamic section and needed versions with
# od(1), as ld.so(8) and the System V ABI describe them. A line of input has a path, a tab, and the name to show. Problems
# are written to standard output as "not ok - ...", other results as "ok - ...".

BEGIN {
  FS = "\t"
  folders = ENVIRON["folders"]
  patterns = split(ENVIRON["ignored"], ignored, "\n")
  machine[3] = "x86"; machine[8] = "mips"; machine[20] = "ppc"; machine[21] = "ppc64"; machine[22] = "s390x"
  machine[40] = "arm"; machine[62] = "x86_64"; machine[183] = "aarch64"; machine[243] = "riscv64"
  machine[258] = "loongarch64"
  system_name[6] = "Solaris"; system_name[9] = "FreeBSD"; system_name[12] = "OpenBSD"; system_name[2] = "NetBSD"
  header("/proc/self/exe", here_is)
  own["machine"] = here_is["machine"]
  own["bits"] = here_is["bits"]
  # The function's architecture, which may be another one than this machine's. Lambda's are all of 64 bits.
  if (ENVIRON["architecture"] == "x86_64") own["machine"] = 62
  if (ENVIRON["architecture"] == "arm64") own["machine"] = 183
  is_own = same_platform(here_is, own)
  interpreter_of[62] = "/lib64/ld-linux-x86-64.so.2"
  interpreter_of[183] = "/lib/ld-linux-aarch64.so.1"
  # The newest versions that the libraries of the runtime's system define, where this is another system.
  runtime = ENVIRON["runtime"]
  if (ENVIRON["system"] == "al2") {
    limit["GLIBC"] = "2.26"; limit["GLIBCXX"] = "3.4.24"; limit["CXXABI"] = "1.3.11"
  } else if (ENVIRON["system"] == "al2023") {
    limit["GLIBC"] = "2.34"; limit["GLIBCXX"] = "3.4.29"; limit["CXXABI"] = "1.3.13"
  }
}

{
  paths[++count] = $1
  shown[count] = $2
  look(count, $1)
}

END {
  for (i = 1; i <= count; i++) {
    if (!(i in elsewhere)) {
      here[stem(shown[i])] = 1
      home[jar(shown[i]) SUBSEP base(shown[i])] = 1
      if (soname[i] != "") home[jar(shown[i]) SUBSEP soname[i]] = 1
    }
  }
  for (i = 1; i <= count; i++) {
    if (i in skipped) continue
    if (!(i in elsewhere)) {
      judge(i)
    } else if (stem(shown[i]) in here) {
      others++
    } else {
      bad(i, elsewhere[i])
    }
  }
  if (!is_own || "GLIBC" in limit) platform = " for " machine_name(own)
  if ("GLIBC" in limit) platform = platform " and GLIBC_" limit["GLIBC"] " of " runtime
  if (good) print "ok - " counted(good, "native library resolves", "native libraries resolve") platform
  if (others) print "ok - " counted(others, "more is", "more are") " for other platforms, with a variant for this one"
  if (!good && !others && !failed) print "ok - there are no native libraries in " ENVIRON["task"] " and " ENVIRON["opt"]
}

function counted(n, one, many) {
  return n " " (n == 1 ? one : many)
}

# Reports a problem of a file, once.
function bad(i, problem) {
  print "not ok - " shown[i] " " problem
  failed = 1
}

# ---- Reading

# Reads the bytes of a file from an offset on into data[0], data[1], ...; returns their number.
function bytes(path, offset, length_, data,    command, line, parts, n, k, total) {
  total = 0
  command = "od -An -v -tu1 -j" sprintf("%.0f", offset) " -N" sprintf("%.0f", length_) " " quoted(path) " 2> /dev/null"
  while ((command | getline line) > 0) {
    n = split(line, parts, " ")
    for (k = 1; k <= n; k++) data[total++] = parts[k] + 0
  }
  close(command)
  return total
}

function quoted(text) {
  gsub(/'/, "'\\''", text)
  return "'" text "'"
}

function u16(data, at) {
  return data[at] + 256 * data[at + 1]
}

function u32(data, at) {
  return u16(data, at) + 65536 * u16(data, at + 2)
}

function u64(data, at) {
  return u32(data, at) + 4294967296 * u32(data, at + 4)
}

# Reads machine, class and system of a file into into["machine"] ...; false when it is not a loadable ELF file.
function header(path, into,    data, kind) {
  delete data
  if (bytes(path, 0, 64, data) < 52 || data[0] != 127 || data[1] != 69 || data[2] != 76 || data[3] != 70) return 0
  into["bits"] = data[4] == 2 ? 64 : 32
  into["system"] = data[7]
  if (data[5] == 2) {
    into["machine"] = 256 * data[18] + data[19]
    kind = 256 * data[16] + data[17]
  } else {
    into["machine"] = u16(data, 18)
    kind = u16(data, 16)
  }
  into["little"] = data[5] == 1
  into["programs"] = data[4] == 2 ? u64(data, 32) : u32(data, 28)
  into["count"] = data[4] == 2 ? u16(data, 56) : u16(data, 44)
  # An executable or a shared object; not an object file, not a core.
  return kind == 2 || kind == 3
}

function same_platform(one, other) {
  return one["machine"] == other["machine"] && one["bits"] == other["bits"]
}

function machine_name(head) {
  return head["machine"] in machine ? machine[head["machine"]] : "machine " head["machine"]
}

# Reads the needs of a file, or notes the reason why it is for another platform.
function look(i, path,    head, data, n, k, at, type, segments, strings, dynamic, size, tag, value, wants, versions, own_runpath, own_rpath, name) {
  if (!header(path, head)) {
    skipped[i] = 1
    elsewhere[i] = ""
    return
  }
  if (!same_platform(head, own)) {
    elsewhere[i] = "is for " machine_name(head) ", but this is " machine_name(own)
    return
  }
  if (head["system"] in system_name) {
    elsewhere[i] = "is for " system_name[head["system"]] ", but this is Linux"
    return
  }
  if (tolower(shown[i]) ~ /[\/._-](sunos|solaris|aix|(free|open|net|dragonfly)bsd|android)[\/._0-9-]/) {
    # Most files have no system in their header.
    elsewhere[i] = "is for another operating system by its name"
    return
  }
  # Every 64-bit program header is 56 bytes, every 32-bit one 32; functions run on 64-bit machines only.
  n = bytes(path, head["programs"], 56 * head["count"], data)
  segments = 0
  for (k = 0; k < head["count"] && 56 * k + 56 <= n; k++) {
    at = 56 * k
    type = u32(data, at)
    if (type == 1) {
      segments++
      start[segments] = u64(data, at + 16)
      offset[segments] = u64(data, at + 8)
      length_of[segments] = u64(data, at + 32)
    } else if (type == 2) {
      dynamic = u64(data, at + 8)
      size = u64(data, at + 32)
    } else if (type == 3) {
      interpreter[i] = text(path, u64(data, at + 8))
    }
  }
  if (!size) return
  n = bytes(path, dynamic, size, data)
  wants = 0
  for (at = 0; at + 16 <= n; at += 16) {
    tag = u64(data, at)
    value = u64(data, at + 8)
    if (tag == 0) break
    if (tag == 1) want[++wants] = value
    else if (tag == 5) strings = in_file(value, segments)
    else if (tag == 14) name = value
    else if (tag == 15) own_rpath = value
    else if (tag == 29) own_runpath = value
    else if (tag == 1879048190) versions = in_file(value, segments)
  }
  if (name != "") soname[i] = text(path, strings + name)
  if (own_rpath != "" && own_runpath == "") rpath[i] = expanded(text(path, strings + own_rpath), path)
  if (own_runpath != "") runpath[i] = expanded(text(path, strings + own_runpath), path)
  for (k = 1; k <= wants; k++) {
    needed[i, k] = text(path, strings + want[k])
    if (needed[i, k] ~ /^libc\./ && needed[i, k] != "libc.so.6" && !is_ignored(needed[i, k])) {
      elsewhere[i] = "is for another C library, it needs " needed[i, k]
    }
  }
  needs[i] = wants
  if (versions && !(i in elsewhere)) versions_of(i, path, versions, strings)
}

# Returns the offset of a memory address in the file.
function in_file(address, segments,    s) {
  for (s = 1; s <= segments; s++) {
    if (address >= start[s] && address < start[s] + length_of[s]) return address - start[s] + offset[s]
  }
  return 0
}

# Reads a text that ends with a zero byte. The names of a file are close together, so a piece of it is cached.
function text(path, at,    k, result) {
  if (path != window_path || at < window_start || at + 256 > window_end) {
    window_path = path
    window_start = at > 2048 ? at - 2048 : 0
    window_end = window_start + bytes(path, window_start, 6144, window)
  }
  for (k = at - window_start; k < window_end - window_start && window[k] != 0; k++) {
    result = result sprintf("%c", window[k])
  }
  return result
}

# Reads the versions that a file needs of others: a chain of files, each with a chain of versions (.gnu.version_r).
function versions_of(i, path, from, strings,    data, n, at, aux, file, more, k) {
  n = bytes(path, from, 16384, data)
  at = 0
  while (at + 16 <= n) {
    file = text(path, strings + u32(data, at + 4))
    aux = at + u32(data, at + 8)
    more = u16(data, at + 2)
    while (more-- > 0 && aux + 16 <= n) {
      # A weak version may be missing.
      if (int(u16(data, aux + 4) / 2) % 2 == 0) {
        k = ++version_count[i]
        version_file[i, k] = file
        version[i, k] = text(path, strings + u32(data, aux + 8))
      }
      aux += u32(data, aux + 12)
    }
    if (!u32(data, at + 12)) break
    at += u32(data, at + 12)
  }
}

# ---- Names

function base(path) {
  sub(/^.*\//, "", path)
  return path
}

function folder_of(path) {
  return path ~ /\// ? substr(path, 1, length(path) - length(base(path)) - 1) : "."
}

# Returns the innermost jar that contains a file; empty outside of jars.
function jar(name) {
  return sub(/![^!]*$/, "", name) ? name : ""
}

# Returns a file's name without the words that distinguish variants for several platforms.
function stem(name,    word) {
  name = "-" tolower(base(name)) "-"
  gsub(/x86[_-]64|aarch[_-]64|linux[_-]?gnu|manylinux[0-9_]*/, "-", name)
  gsub(/[._-]/, "--", name)
  gsub(/-(linux(32|64)?|x64|amd64|aarch64|arm(64|v[0-9]+[a-z]*|hf|el)?|x86|i[3-6]86|ppc(64)?(le)?|s390x?|riscv64|loongarch64|mips[0-9a-z]*|sparc(v9)?|musl|glibc|gnu|android|freebsd|openbsd|netbsd|solaris|sunos|32|64)-/, "-", name)
  gsub(/-+/, "-", name)
  return name
}

function is_ignored(name,    k, pattern) {
  for (k = 1; k <= patterns; k++) {
    pattern = ignored[k]
    gsub(/[.+(){}|^$\[\]\\]/, "\\\\&", pattern)
    gsub(/\*/, ".*", pattern)
    gsub(/\?/, ".", pattern)
    if (ignored[k] != "" && name ~ "^" pattern "$") return 1
  }
  return 0
}

function expanded(list, path,    origin) {
  origin = folder_of(path)
  gsub(/&/, "\\\\&", origin)
  gsub(/\$ORIGIN|\$\{ORIGIN\}/, origin, list)
  gsub(/\$LIB|\$\{LIB\}/, "lib64", list)
  return list
}

# ---- Checking

# Reports all problems of a file on one line.
function judge(i,    k, file, kind, lib, missing, missing_count, absent, newer, rest) {
  if (interpreter[i] != "" && interpreter[i] != interpreter_of[own["machine"]] && !exists(interpreter[i])) {
    rest = rest "; the loader " interpreter[i] ", which is not found"
  }
  for (k = 1; k <= needs[i]; k++) {
    lib = needed[i, k]
    if (is_ignored(lib) || jar(shown[i]) != "" && (jar(shown[i]), lib) in home) {
      settled[i, lib] = 1
      continue
    }
    file = find(lib, rpath[i] ":" folders, runpath[i])
    if (file != "") {
      found[i, lib] = file
    } else if (absence(lib) == "") {
      missing = missing (missing_count++ ? ", " : "") lib
    } else {
      rest = rest "; " lib ", " absence(lib)
    }
  }
  for (k = 1; k <= version_count[i]; k++) {
    lib = version_file[i, k]
    if ((i, lib) in settled) continue
    file = found[i, lib]
    kind = version[i, k]
    sub(/_[0-9.]+$/, "", kind)
    if (kind in limit && !is_packaged(file)) {
      # The file may be absent here, and not there.
      if (newer_version(substr(version[i, k], length(kind) + 2), limit[kind])) {
        newer[lib] = newer[lib] (newer[lib] == "" ? "" : ", ") version[i, k]
      }
    } else if (file != "" && is_readable(file) && !defines(file, version[i, k])) {
      absent[lib] = absent[lib] (absent[lib] == "" ? "" : ", ") version[i, k]
    }
  }
  for (lib in newer) {
    kind = newer[lib]
    sub(/_[0-9.]+(,.*)?$/, "", kind)
    rest = rest "; " newer[lib] " of " lib ", but " runtime " has none newer than " kind "_" limit[kind]
  }
  for (lib in absent) rest = rest "; " absent[lib] " of " lib newest(found[i, lib], absent[lib])
  if (missing_count) rest = "; " missing ", which " (missing_count == 1 ? "is" : "are") " not found" rest
  if (rest == "") good++
  else bad(i, "needs " substr(rest, 3))
}

# Returns whether a file is of the package or its layers.
function is_packaged(file) {
  return file != "" && (index(file, ENVIRON["task"] "/") == 1 || index(file, ENVIRON["opt"] "/") == 1 || index(file, ENVIRON["work"] "/") == 1)
}

# Returns whether the versions of a library can be read here: those of another architecture's system can't.
function is_readable(file) {
  return is_own || is_packaged(file)
}

# Returns whether a version such as 2.36 is greater than another one.
function newer_version(one, other,    left, right, n, m, k) {
  n = split(one, left, ".")
  m = split(other, right, ".")
  for (k = 1; k <= n || k <= m; k++) {
    if (left[k] + 0 != right[k] + 0) return left[k] + 0 > right[k] + 0
  }
  return 0
}

function exists(path) {
  return system("test -e " quoted(path)) == 0
}

# Returns the path where the loader finds a library; empty for none. Files for another machine are skipped, as by it.
function find(lib, before, after,    key, command, line, head, result) {
  key = lib SUBSEP before SUBSEP after
  if (key in finds) return finds[key]
  command = "IFS=:; for folder in " (lib ~ /\// ? "''" : quoted(before) " " quoted(after)) "; do for one in $folder; do " \
    "[ -e \"$one\"/" quoted(lib) " ] && printf '%s\\n' \"$one\"/" quoted(lib) "; done; done"
  if (lib ~ /\//) command = "[ -e " quoted(lib) " ] && printf '%s\\n' " quoted(lib)
  while ((command | getline line) > 0) {
    # Of another architecture's system, only the names of its libraries are known: they are the same as here.
    if (result == "" && header(line, head) && (same_platform(head, own) || !is_own && !is_packaged(line) && same_platform(head, here_is))) result = line
    else if (result == "") foreign[lib] = line
  }
  close(command)
  finds[key] = result
  return result
}

function absence(lib,    i, head) {
  for (i = 1; i <= count; i++) {
    if (!(i in elsewhere) && (base(shown[i]) == lib || soname[i] == lib)) {
      return "which is at " shown[i] ", where the loader does not search"
    }
  }
  if (lib in foreign && header(foreign[lib], head)) {
    return "of which there is only " foreign[lib] ", for " machine_name(head)
  }
  return ""
}

# Returns whether a library defines a version: its name is a separate string in the file.
function defines(file, name,    key) {
  key = file SUBSEP name
  if (!(key in defined)) defined[key] = system("grep -zqxF -- " quoted(name) " " quoted(file)) == 0
  return defined[key]
}

# Returns the newest version that a library has of a missing version's kind.
function newest(file, name,    kind, command, line) {
  kind = name
  sub(/_[0-9].*$/, "", kind)
  command = "grep -zaxE -- " quoted(kind "_[0-9.]+") " " quoted(file) " | tr '\\0' '\\n' | sort -V | tail -n 1"
  command | getline line
  close(command)
  return line == "" ? ", which " file " does not have" : ", but " file " has none newer than " line
}
