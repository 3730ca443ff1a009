# Groups in a possessive repeat: Krait puts back what a failed alternative captured, as for every other repeat. CPython 3.11.2 forgets
# to, and reports wrong spans or raises SystemError ("The span of capturing group is wrong"). Later versions of CPython repaired
# possessive repeats. Nothing has to be done about it; patterns that must give CPython 3.11.2's answer can use an atomic group: (?>(?:...)+).
import re

print(re.match('(?:(a)b|a|)++', 'ab').regs)
print(re.match('(?>(?:(a)b|a)+)', 'ab').regs)
