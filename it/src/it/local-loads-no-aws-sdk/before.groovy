basedir.eachFileMatch(~/loaded-.*/) { it.delete() }
true
