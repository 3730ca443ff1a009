# The native datetime: constructors, errors, arithmetic, ISO text, zones, pickles.
from datetime import *
import datetime as D, pickle
def t(s):
    try: r=repr(eval(s)); print(s[:90],'->',r[:120])
    except BaseException as e: print(s[:90],'->',type(e).__name__, e)
d=datetime(2020,2,29,12,30,15,123456); u=d.replace(tzinfo=timezone.utc)
