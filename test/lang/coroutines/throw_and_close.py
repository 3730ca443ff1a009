class Pause:
    def __await__(self):
        try:
            yield "paused"
        except ValueError as error:
            return "recovered from %s" % error


async def main():
    try:
        result = await Pause()
        print(result)
        await Pause()
    finally:
        print("cleanup")


c = main()
print(c.send(None), c.throw(ValueError("v")))
c.close()
d = main()
d.send(None)
try:
    d.throw(KeyError("k"))
except KeyError as error:
    print("escaped", error)
