# Reads one JSON value, strictly, and writes three fields for each value in it, each ended by a NUL: its path, its
# content, its type. A member is at PARENT/NAME, an element at PARENT/INDEX, the outermost value at "."; a slash in a name
# becomes the character 1. Types:
#   s string, f string in the file that the second field names, z string that contains a NUL,
#   n number, cut to an integer, b true or false, 0 null, a array and o object, with the number of their values.
# When the text is not JSON, the file `problem` contains the reason. Run with LC_ALL=C, so that a character is a byte;
# `directory` takes the files.

BEGIN {
  # No text holds this raw, so that all of it is one record.
  RS = "\001"
  ORS = ""
  LARGE = 60000
  DEEPEST = 100
  for (i = 1; i < 256; i++) {
    byte[i] = sprintf("%c", i)
  }
  for (i = 0; i < 16; i++) {
    digit[substr("0123456789abcdef", i + 1, 1)] = digit[substr("0123456789ABCDEF", i + 1, 1)] = i
  }
  simple["b"] = "\b"; simple["f"] = "\f"; simple["n"] = "\n"; simple["r"] = "\r"; simple["t"] = "\t"
  simple["/"] = "/"
}

NR > 1 { fail("it contains a control character") }

NR == 1 {
  # Every second part is in a string, or a piece of one that holds escaped quotes.
  parts = split($0, part, "\"")
  at = 1
  position = 1
  token = next_token()
  value(".", 0)
  if (token != "") {
    fail("more follows its end")
  }
  exit
}

END {
  if (NR == 0) {
    fail("it is empty")
  }
}

function fail(reason) {
  if (!failed) {
    failed = 1
    print reason > (directory "/problem")
  }
  exit
}

function put(path, text, type) {
  print path
  printf "%c", 0
  print text
  printf "%c", 0
  print type
  printf "%c", 0
}

# One of { } [ ] : , a quote where a string begins, a literal, or nothing at the end.
function next_token(  character, rest) {
  for (;;) {
    character = substr(part[at], position, 1)
    if (character == "") {
      return at < parts ? "\"" : ""
    }
    if (character != " " && character != "\t" && character != "\n" && character != "\r") {
      break
    }
    position++
  }
  if (index("{}[]:,", character)) {
    position++
    return character
  }
  rest = substr(part[at], position, 400)
  if (!match(rest, /^(true|false|null|-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?)/)) {
    fail("there is something else than a value")
  }
  position += RLENGTH
  return substr(rest, 1, RLENGTH)
}

function expect(wanted) {
  if (token != wanted) {
    fail("\"" wanted "\" is missing")
  }
  token = next_token()
}

function value(path, depth) {
  if (failed) {
    return
  }
  if (depth > DEEPEST) {
    fail("it is nested too deep")
  }
  if (token == "{") {
    object(path, depth)
  } else if (token == "[") {
    array(path, depth)
  } else if (token == "\"") {
    string_value(path)
  } else if (token == "true" || token == "false") {
    put(path, token, "b")
    token = next_token()
  } else if (token == "null") {
    put(path, "", "0")
    token = next_token()
  } else if (token ~ /^[-0-9]/) {
    put(path, whole(token + 0), "n")
    token = next_token()
  } else {
    fail("a value is missing")
  }
}

function whole(number) {
  return sprintf("%.0f", number > 1e15 ? 1e15 : number < -1e15 ? -1e15 : int(number))
}

function object(path, depth,  count, name) {
  token = next_token()
  while (!failed && token != "}") {
    if (count++) {
      expect(",")
    }
    if (token != "\"") {
      fail("a name is missing")
    }
    collected = ""
    decode_string(1)
    name = collected
    gsub("/", "\001", name)
    token = next_token()
    expect(":")
    value(path "/" name, depth + 1)
  }
  put(path, count + 0, "o")
  token = next_token()
}

function array(path, depth,  count) {
  token = next_token()
  while (!failed && token != "]") {
    if (count) {
      expect(",")
    }
    value(path "/" count + 0, depth + 1)
    count++
  }
  put(path, count + 0, "a")
  token = next_token()
}

function string_value(path,  file) {
  has_nul = 0
  print path
  printf "%c", 0
  if (string_length() > LARGE) {
    file = directory "/value." ++files
    target = file
    decode_string(0)
    close(file)
    target = ""
    print file
  } else {
    decode_string(0)
  }
  printf "%c", 0
  print has_nul ? "z" : file ? "f" : "s"
  printf "%c", 0
  token = next_token()
}

# Returns the length of the string in the text, with its escapes.
function string_length(  i, sum) {
  for (i = at + 1; i < parts; i++) {
    sum += length(part[i])
    if (sum > LARGE || !ends_in_escape(part[i])) {
      break
    }
  }
  return sum
}

function ends_in_escape(piece,  i) {
  for (i = length(piece); i > 0 && substr(piece, i, 1) == "\\"; i--) {
  }
  return (length(piece) - i) % 2
}

# Hands the string's content to take(), piece by piece, and moves behind it.
function decode_string(collecting) {
  collects = collecting
  for (at++; at < parts && ends_in_escape(part[at]); at++) {
    decode(substr(part[at], 1, length(part[at]) - 1))
    take("\"")
  }
  if (at >= parts) {
    fail("a string is not closed")
  }
  decode(part[at])
  at++
  position = 1
}

function take(text) {
  if (collects) {
    collected = collected text
  } else if (target) {
    print text > target
  } else {
    print text
  }
}

function decode(piece,  i, count, escape, letter) {
  if (piece ~ /[\002-\037]/) {
    fail("a string contains a control character")
  }
  # Each element but the first follows a backslash; an empty one is a backslash that was escaped itself.
  count = split(piece, escape, "\\")
  take(escape[1])
  for (i = 2; i <= count; i++) {
    letter = substr(escape[i], 1, 1)
    if (letter == "") {
      take("\\" escape[++i])
    } else if (letter in simple) {
      take(simple[letter] substr(escape[i], 2))
    } else if (letter == "u") {
      if (is_pair(escape[i], escape[i + 1])) {
        take(utf8(65536 + (unit(escape[i]) - 55296) * 1024 + unit(escape[i + 1]) - 56320) substr(escape[i + 1], 6))
        i++
      } else {
        take(utf8(unit(escape[i])) substr(escape[i], 6))
      }
    } else {
      fail("an escape is none of JSON's")
    }
  }
}

# Whether two escapes are the halves of one character.
function is_pair(high, low) {
  return length(high) == 5 && high ~ /^u[dD][89abAB]/ && low ~ /^u[dD][cdefCDEF]/
}

# The number in an escape such as u00e9.
function unit(escape,  i, number) {
  for (i = 2; i <= 5; i++) {
    if (!(substr(escape, i, 1) in digit)) {
      fail("an escape has too few digits")
    }
    number = number * 16 + digit[substr(escape, i, 1)]
  }
  return number
}

function utf8(number) {
  if (number == 0) {
    has_nul = 1
    return ""
  }
  if (number < 128) {
    return byte[number]
  }
  if (number < 2048) {
    return byte[192 + int(number / 64)] byte[128 + number % 64]
  }
  if (number >= 55296 && number < 57344) {
    # Half a character, which UTF-8 can't encode: the replacement character.
    number = 65533
  }
  if (number < 65536) {
    return byte[224 + int(number / 4096)] byte[128 + int(number / 64) % 64] byte[128 + number % 64]
  }
  return byte[240 + int(number / 262144)] byte[128 + int(number / 4096) % 64] \
    byte[128 + int(number / 64) % 64] byte[128 + number % 64]
}
