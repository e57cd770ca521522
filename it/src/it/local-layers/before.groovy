import java.util.zip.ZipEntry
import java.util.zip.ZipOutputStream

// Copying the project removed the execute permission.
new File(basedir, 'layers/tools/bin/greet').setExecutable(true, false)
new File(basedir, 'layers/tools/extensions/tracer').setExecutable(true, false)
new File(basedir, 'target').mkdirs()
new ZipOutputStream(new FileOutputStream(new File(basedir, 'target/settings.zip'))).withCloseable { zip ->
    zip.putNextEntry(new ZipEntry('greeting'))
    zip.write('good day\n'.bytes)
}
return true
