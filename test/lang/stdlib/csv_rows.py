# The module _csv: reading of quoted, escaped and continued fields; writing with each way of quoting; errors.
import _csv


class Sink:
    def __init__(self):
        self.text = ''

    def write(self, text):
        self.text += text
        return len(text)


lines = ['a,"b""c",d\n', '"x\n', 'y",z', 'é,Ж,""\r\n', 'a\\,b,c"d"e\n', ' x, y,"z" ,\t', '', '\n']
print(list(_csv.reader(lines, escapechar='\\')))
print(list(_csv.reader(['1,2.5,"x",'], quoting=_csv.QUOTE_NONNUMERIC)))
print(list(_csv.reader(['a; b;  "c"'], delimiter=';', skipinitialspace=True)))
for row in [[''], ['a', 'd,e', 'f"g', 'h\ni'], [1, 2.5, None, True]]:
    for options in [{}, {'quoting': 1}, {'quoting': 2}, {'quoting': 3, 'escapechar': '\\'}, {'doublequote': False}]:
        sink = Sink()
        try:
            print(_csv.writer(sink, **options).writerow(row), repr(sink.text))
        except _csv.Error as error:
            print(error)
for bad in [{'delimiter': ''}, {'quotechar': 3}, {'quoting': 9}, {'lineterminator': None}, {'unknown': 1}]:
    try:
        _csv.reader([], **bad)
    except TypeError as error:
        print(error)
_csv.register_dialect('tabs', delimiter='\t')
print(list(_csv.reader(['a\tb'], 'tabs')), _csv.list_dialects())
