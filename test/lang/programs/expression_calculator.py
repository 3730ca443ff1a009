class Parser:
    def __init__(self, text):
        self.tokens = text.replace("(", " ( ").replace(")", " ) ").split()
        self.i = 0

    def peek(self):
        return self.tokens[self.i] if self.i < len(self.tokens) else None

    def take(self):
        t = self.peek()
        self.i += 1
        return t

    def expr(self, level=0):
        ops = [("+", "-"), ("*", "/", "%"), ("^",)]
        if level == len(ops):
            return self.atom()
        left = self.expr(level + 1)
        while self.peek() in ops[level]:
            op = self.take()
            right = self.expr(level if op == "^" else level + 1)
            left = {"+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": lambda a, b: a / b, "%": lambda a, b: a % b, "^": lambda a, b: a ** b}[op](left, right)
        return left

    def atom(self):
        t = self.take()
        if t == "(":
            v = self.expr()
            if self.take() != ")":
                raise SyntaxError("expected )")
            return v
        if t == "-":
            return -self.atom()
        if t is None:
            raise SyntaxError("unexpected end")
        return float(t) if "." in t else int(t)


for text in ("1 + 2 * 3", "( 1 + 2 ) * 3", "2 ^ 3 ^ 2", "7 / 2 - 0.5", "- ( 4 - 10 ) % 4", "2 ^ 100", "1 / 0", "( 1", "x", ""):
    try:
        print(text, "=", Parser(text).expr())
    except (SyntaxError, ValueError, ZeroDivisionError) as error:
        print(text, type(error).__name__, error)
