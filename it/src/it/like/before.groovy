// A home of this build's own, which has no other functions.
File home = new File(basedir, 'home')
home.deleteDir()
context.get('userProperties').put('lshell.home', home.path)
true
