x = 1
print(((((((((((((((((((((x)))))))))))))))))))))
print(x + (x + (x + (x + (x + (x + (x + (x + (x + (x + (x + x)))))))))))
print([[[[[[[[[[x]]]]]]]]]])
print(eval("+".join(["1"] * 2000)))
print(eval("(" * 60 + "5" + ")" * 60))
print(eval("not " * 101 + "True"))
