// A server that listens, as a database would.
context.put('database', new ServerSocket(0, 50, InetAddress.getLoopbackAddress()))
context.get('userProperties').put('database', '127.0.0.1:' + context.get('database').localPort)
