"""launch.py CORES STDOUT COMMAND… : run one command, print its CPU seconds, wall seconds, peak resident
KiB and exit status. A process of its own because a child inherits the peak memory of the process that
starts it: started from here, the floor is this small interpreter and not the benchmark."""

import os
import sys
import time

cores, stdout, *command = sys.argv[1:]
os.sched_setaffinity(0, {int(core) for core in cores.split(",")})
into_file = [(os.POSIX_SPAWN_OPEN, 1, stdout, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)]
start = time.perf_counter()
process = os.posix_spawnp(command[0], command, os.environ, file_actions=into_file)
_, status, usage = os.wait4(process, 0)
wall = time.perf_counter() - start
print(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss, os.waitstatus_to_exitcode(status))
