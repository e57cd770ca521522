# Writes bytes, given as `od -An -v -tu1` shows them, as the content of a JSON string. Bytes that are not UTF-8 become
# U+FFFD. Ends before `budget` bytes are passed, never within a character; the base64 of the same bytes counts when it is
# needed. The file `summary` then contains how many bytes were taken, whether all of them are UTF-8, and whether that was
# the complete input.

BEGIN {
  ORS = ""
  whole = 1
  valid = 1
  for (i = 32; i < 127; i++) {
    plain[i] = sprintf("%c", i)
  }
  for (i = 0; i < 32; i++) {
    plain[i] = sprintf("\\u%04x", i)
  }
  for (i = 127; i < 256; i++) {
    plain[i] = sprintf("%c", i)
  }
  plain[8] = "\\b"; plain[9] = "\\t"; plain[10] = "\\n"; plain[12] = "\\f"; plain[13] = "\\r"
  plain[34] = "\\\""
  plain[92] = "\\\\"
  REPLACEMENT = sprintf("%c%c%c", 239, 191, 189)
}

{
  for (i = 1; i <= NF && whole; i++) {
    byte($i + 0)
  }
  if (!whole) {
    exit
  }
}

END {
  if (whole && missing) {
    replace()
  }
  print taken + 0, valid, whole > summary
}

# `character` are the bytes of a character that lacks `missing` more, each from `least` to `most`.
function byte(number) {
  if (missing && number >= least && number <= most) {
    character = character plain[number]
    length_so_far++
    least = 128
    most = 191
    if (!--missing) {
      emit(character, length_so_far)
    }
    return
  }
  if (missing) {
    replace()
  }
  if (!whole) {
    return
  }
  if (number < 128) {
    emit(plain[number], 1)
  } else {
    begin(number)
  }
}

# The well-formed sequences are those of table 3-7 in the Unicode standard.
function begin(number) {
  character = plain[number]
  length_so_far = 1
  least = number == 224 ? 160 : number == 240 ? 144 : 128
  most = number == 237 ? 159 : number == 244 ? 143 : 191
  missing = number >= 194 && number <= 223 ? 1 : number >= 224 && number <= 239 ? 2 : number >= 240 && number <= 244 ? 3 : 0
  if (!missing) {
    replace()
  }
}

function replace() {
  missing = 0
  if (valid && !fits(length(REPLACEMENT), length_so_far, 0)) {
    whole = 0
    return
  }
  valid = 0
  emit(REPLACEMENT, length_so_far)
}

function emit(text, bytes) {
  if (!whole || !fits(length(text), bytes, valid)) {
    whole = 0
    return
  }
  written += length(text)
  taken += bytes
  print text
}

function fits(more, bytes, as_text) {
  return written + more + (as_text ? 0 : (taken + bytes) * 4 / 3 + 4) <= budget
}
