import java.util.zip.ZipEntry
import java.util.zip.ZipOutputStream

// A package that was built on another machine: a library for another architecture, a class for a later Java.
File target = new File(basedir, 'target')
target.mkdirs()
byte[] header = new byte[64]
[0x7f, 'E' as char, 'L' as char, 'F' as char, 2, 1, 1].eachWithIndex { value, i -> header[i] = value as byte }
header[16] = 3
header[18] = (System.getProperty('os.arch') == 'aarch64' ? 62 : 183) as byte

File source = new File(target, 'Handler.java')
source.text = 'package com.example; public class Handler { }'
javax.tools.ToolProvider.systemJavaCompiler.run(null, null, null, source.path)
byte[] compiled = new File(target, 'Handler.class').bytes
compiled[7] = 44 + 99

new ZipOutputStream(new FileOutputStream(new File(target, 'package.zip'))).withCloseable { zip ->
    // Jackson's class without the file that registers it.
    byte[] jackson = new File(target, 'Handler.class').bytes
    [('lib/libfast.so'): header, ('com/example/Handler.class'): compiled,
     ('com/fasterxml/jackson/core/JsonFactory.class'): jackson, bootstrap: '#!/bin/sh\n'.bytes].each { name, content ->
        zip.putNextEntry(new ZipEntry(name))
        zip.write(content)
    }
}
return true
