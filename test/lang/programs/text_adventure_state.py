class Room:
    def __init__(self, name, **exits):
        self.name, self.exits, self.items = name, exits, set()


class Game:
    def __init__(self):
        self.rooms = {r.name: r for r in (Room("hall", north="attic", east="kitchen"), Room("attic", south="hall"), Room("kitchen", west="hall", down="cellar"), Room("cellar", up="kitchen"))}
        self.rooms["attic"].items |= {"lamp", "rope"}
        self.here, self.bag, self.moves = self.rooms["hall"], [], 0

    def do_go(self, where):
        if where not in self.here.exits:
            raise ValueError("no way " + where)
        if self.here.exits[where] == "cellar" and "lamp" not in self.bag:
            return "too dark"
        self.here = self.rooms[self.here.exits[where]]
        return "in " + self.here.name

    def do_take(self, item):
        self.here.items.remove(item)
        self.bag.append(item)
        return "took " + item

    def do_look(self):
        return "%s: %s; exits %s" % (self.here.name, sorted(self.here.items), sorted(self.here.exits))

    def command(self, line):
        verb, *args = line.split()
        self.moves += 1
        try:
            return getattr(self, "do_" + verb)(*args)
        except AttributeError:
            return "unknown verb " + verb
        except KeyError as error:
            return "no %s here" % error
        except (ValueError, TypeError) as error:
            return str(error)


g = Game()
for line in ("look", "go east", "go down", "take lamp", "go west", "go north", "take lamp", "take", "dance", "go south", "go east", "go down", "look", "go sideways"):
    print("> %-10s %s" % (line, g.command(line)))
print(g.bag, g.moves)
