import subprocess, sys
print(subprocess.run(["echo","hi"], capture_output=True))
print(subprocess.check_output("cat; exit 0", shell=True, input=b"abc"))
p=subprocess.Popen(["sh","-c","read x; echo $x$FOO; exit 3"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={"FOO":"bar","PATH":"/bin"}, cwd="/")
print(p.communicate("line\n"), p.returncode)
for c in (["/nonexist"],):
    try: subprocess.run(c)
    except OSError as e: print(repr(e), e)
try: subprocess.run(["true"], cwd="/nonexist")
except OSError as e: print(e)
try: subprocess.run("exit 5", shell=True, check=True)
except subprocess.CalledProcessError as e: print(e)
import os; print(os.popen("echo popen").read())
