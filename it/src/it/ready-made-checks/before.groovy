// A server that listens, as a database would.
context.put('database', new ServerSocket(0, 50, InetAddress.getLoopbackAddress()))
context.get('userProperties').put('database', '127.0.0.1:' + context.get('database').localPort)

// A server with TLS, whose certificate is in the trust store of the package only.
File keys = new File(basedir, 'keys.p12')
String keytool = System.getProperty('java.home') + '/bin/keytool'
def created = [keytool, '-genkeypair', '-alias', 'db', '-keyalg', 'EC', '-dname', 'CN=db', '-ext', 'san=ip:127.0.0.1',
        '-validity', '30', '-keystore', keys.path, '-storetype', 'PKCS12', '-storepass', 'changeit'].execute()
assert created.waitFor() == 0: created.text
char[] password = 'changeit'.toCharArray()
def store = java.security.KeyStore.getInstance(keys, password)
def trusted = java.security.KeyStore.getInstance('JKS')
trusted.load(null, null)
trusted.setCertificateEntry('db', store.getCertificate('db'))
File resources = new File(basedir, 'src/main/resources')
resources.mkdirs()
new File(resources, 'trust.jks').withOutputStream { trusted.store(it, password) }
def managers = javax.net.ssl.KeyManagerFactory.getInstance(javax.net.ssl.KeyManagerFactory.defaultAlgorithm)
managers.init(store, password)
def tls = javax.net.ssl.SSLContext.getInstance('TLS')
tls.init(managers.keyManagers, null, null)
def server = tls.serverSocketFactory.createServerSocket(0, 50, InetAddress.getLoopbackAddress())
context.put('secureDatabase', server)
Thread.startDaemon {
    while (!server.closed) {
        try {
            server.accept().withCloseable { it.startHandshake() }
        } catch (IOException ignored) {
            // The check has read what it needs, or the build has ended.
        }
    }
}
context.get('userProperties').put('secureDatabase', '127.0.0.1:' + server.localPort)
context.get('userProperties').put('lshell.local.hostPorts', "${context.get('database').localPort},${server.localPort}".toString())
