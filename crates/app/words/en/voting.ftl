# Elections
