// The package of a project for an OS-only runtime: a bootstrap, and files of its own.
import java.util.zip.ZipEntry
import java.util.zip.ZipOutputStream

new File(basedir, 'target').mkdirs()
new ZipOutputStream(new FileOutputStream(new File(basedir, 'target/function.zip'))).withCloseable { zip ->
    ['bootstrap': '#!/bin/sh\necho mine\n', 'data/greeting': 'hello\n'].each { name, content ->
        zip.putNextEntry(new ZipEntry(name))
        zip.write(content.bytes)
        zip.closeEntry()
    }
}
return true
