# What the matcher does where repeats, groups and lookaround meet.
import re

cases = [
    (r'(?:(a)|(b))*', 'ab'), (r'(?:(a)|(b))*', 'ba'), (r'(a)|b', 'b'), (r'(a*)*', 'aab'), (r'(a*)+?b', 'aab'),
    (r'(?:a?)*?y', 'aay'), (r'(?:a|ab)(?:c|bcd)(d*)', 'abcd'), (r'((a)|b){2}', 'ba'), (r'(?=(a+))a*b\1', 'baaabac'),
    (r'(?!(a)b)a', 'ac'), (r'(?<=(a))b\1', 'aba'), (r'(?<!^)b', 'bb'), (r'(a)?(?(1)b|c)', 'c'), (r'(?>a+)ab', 'aaab'),
    (r'(?:ab?c)++d', 'abcacd'), (r'a*+a', 'aaa'), (r'a{,2}?b', 'aab'), (r'(?i:k)\u212a?', 'K\u212a'), (r'[^\W\d]+', '12é_Ж'),
    (r'(?m)^(\w)$', 'ab\nc\n'), (r'\bfoo\b', 'a foo.'), (r'(?s).+', 'a\nb'), (r'(.)(.)\2\1', 'xabbay'), (r'\Ba', 'aa'),
    (r'(?i)[à-ý]+', 'ÀÝÿ'), (r'(?a)\w+', 'aé'), ('[\U0001f600-\U0001f64f]', 'x😀'), (r'(?:x|y|)+z', 'xyz'),
]
for pattern, text in cases:
    found = re.search(pattern, text)
    print(pattern, found and (found.span(), found.groups(), found.lastindex))
    print('   ', re.findall(pattern, text), re.split(pattern, text, 2), re.subn(pattern, lambda m: '<' + m[0] + '>', text))
print(len(re.match('(?:a|b)*', 'ab' * 200000)[0]), len(re.match('(?:a|b)*?$', 'ab' * 50000)[0]))
data = bytearray(b'abc')
walk = re.finditer(b'.', data)
next(walk)
try:
    data.append(1)
except BufferError as error:
    print(error)
print([m.group() for m in walk], data.append(1), data)
