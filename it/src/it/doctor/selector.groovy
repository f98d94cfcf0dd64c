// this machine must be able to run RUN
return System.getProperty('os.name') == 'Linux'
