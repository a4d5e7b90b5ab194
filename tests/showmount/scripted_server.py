"""Servers that answer as a line of words says, each at an address of its own.

A word is SERVICE[/TRANSPORT[/VERSION]]=BEHAVIOUR[:NUMBER]...: SERVICE is rb
(rpcbind, port 111) or m (MOUNT, port 2000), TRANSPORT tcp or udp. The word that
says most of a call holds; without one, the answer is a good one. BEHAVIOUR is a
name of MESSAGES, of STREAMS (TCP only), or

    refused      nothing listens (for SERVICE or SERVICE/TRANSPORT)
    closeaccept  a connection is closed at once

All servers share one thread.
"""
import selectors
import socket
import struct
import threading

PORTS = {"rb": 111, "m": 2000}
KINDS = {"tcp": socket.SOCK_STREAM, "udp": socket.SOCK_DGRAM}
PROC_EXPORT = 5
LAST = 0x80000000

EXPORTS = [("/srv/a", ["10.0.0.1", "*.example.org"]), ("/srv/longer", []),
           ("/b", ["@trusted"])]
MOUNTS = [("10.0.0.2", "/srv/a"), ("10.0.0.1", "/srv/b"),
          ("10.0.0.2", "/srv/a"), ("host", "/srv")]
ODD = ["a\0b", "\0", "\x1b[2J", "x\ny", "\xff\xfe", "z,y", "caf\xc3\xa9", "",
       "\\040", "\xe2\x80\xae", "a b", "\x7f", "%s"]


def u32(*values):
    return struct.pack(">%dI" % len(values), *[v & 0xFFFFFFFF for v in values])


def opaque(text):
    data = text.encode("latin-1")
    return u32(len(data)) + data + bytes(-len(data) % 4)


def export_list(exports):
    return b"".join(
        u32(1) + opaque(path)
        + b"".join(u32(1) + opaque(group) for group in groups) + u32(0)
        for path, groups in exports) + u32(0)


def mount_list(mounts):
    return b"".join(u32(1) + opaque(client) + opaque(path)
                    for client, path in mounts) + u32(0)


class Call:
    """A call, and whether it wants exports."""

    def __init__(self, message, service, host):
        (self.xid, _, _, _, self.version, procedure,
         self.flavor) = struct.unpack(">7I", message[:28])
        self.service, self.host = service, host
        self.exports = procedure == PROC_EXPORT

    def head(self, *rest):
        return u32(self.xid, 1, *rest)

    def success(self, results):
        return self.head(0, 0, 0, 0) + results

    def port(self, number):
        if self.version == 2:
            return self.success(u32(number))
        return self.success(opaque("%s.%d.%d" % (
            self.host, number >> 8, number & 255) if number else ""))

    def lists(self, exports, mounts):
        return self.success(export_list(exports) if self.exports
                            else mount_list(mounts))

    def good(self):
        return self.port(PORTS["m"]) if self.service == "rb" \
            else self.lists(EXPORTS, MOUNTS)


def auth_unless_sys(call, why):
    return call.good() if call.flavor == 1 else call.head(1, 1, why)


def with_verifier(call, flavor, length):
    return call.head(0, flavor) + opaque("x" * length) + call.good()[20:]


# What a whole reply is.
MESSAGES = {
    "good": lambda call: call.good(),
    "port": lambda call, number: call.port(number),
    "uaddr": lambda call, text: call.success(opaque(text)),
    "accepted": lambda call, status: call.head(0, 0, 0, status),
    "mismatch": lambda call, low, high: call.head(0, 0, 0, 2, low, high),
    "rpcmismatch": lambda call, low, high: call.head(1, 0, low, high),
    "auth": lambda call, why: call.head(1, 1, why),
    "needsys": auth_unless_sys,
    "rejected": lambda call, status: call.head(1, status),
    "status": lambda call, status: call.head(status),
    "call": lambda call: u32(call.xid, 0, 2, 100005, 3, 5, 0, 0, 0, 0),
    "cut": lambda call, length: call.good()[:length],
    "extra": lambda call: call.good() + bytes(8),
    "verifier": with_verifier,
    "longpath": lambda call, length: call.lists(
        [("/" * length, [])], [("h", "/" * length)]),
    "longname": lambda call, length: call.lists(
        [("/", ["h" * length])], [("h" * length, "/")]),
    "empty": lambda call: call.success(u32(0)),
    "emptynames": lambda call: call.lists(
        [("", []), ("", [""]), ("", ["", ""])], [("", ""), ("", "/")]),
    "odd": lambda call: call.lists(
        [("/" + name, [name, "q" + name]) for name in ODD],
        [(name, "/" + name) for name in ODD]),
    "othertrue": lambda call: call.success(
        u32(2) + opaque("/p") + u32(LAST) + opaque("g") + u32(0, 0)),
    "hugelength": lambda call, length: call.success(u32(1, length)),
    "hollow": lambda call, count, length: call.success(
        (u32(1) + opaque("/" * length) + u32(0)) * count + u32(0)),
    "many": lambda call, count: call.lists(
        [("/p%d" % i, ["h%d" % i]) for i in range(count)],
        [("h%d" % (i % 97), "/p%d" % i) for i in range(count)]),
}


def record(message, last=True):
    return u32(len(message) | (LAST if last else 0)) + message


def in_fragments(message, size):
    pieces = [message[i:i + size] for i in range(0, len(message), size)]
    return b"".join(record(piece, i + 1 == len(pieces))
                    for i, piece in enumerate(pieces))


# What goes over a connection, and how it ends: "close", "reset", or None.
STREAMS = {
    "silent": lambda call: (b"", None),
    "close": lambda call: (b"", "close"),
    "reset": lambda call: (b"", "reset"),
    "halfclose": lambda call: (record(call.good())[:40], "close"),
    "halfsilent": lambda call: (record(call.good())[:40], None),
    "markclose": lambda call: (b"\x80\0", "close"),
    "emptyrecord": lambda call: (record(b""), None),
    "emptyfirst": lambda call: (record(b"", False) + record(call.good()),
                                None),
    "fragments": lambda call, size: (in_fragments(call.good(), size), None),
    "stray": lambda call: (record(b"zzzz" + call.good()[4:])
                           + record(call.good()), None),
    "wrongxid": lambda call: (record(b"zzzz" + call.good()[4:]), None),
    "text": lambda call: (b"HTTP/1.0 400 Bad Request\r\n\r\n", "close"),
    "textopen": lambda call: (b"HTTP/1.0 400 Bad Request\r\n\r\n", None),
    "short": lambda call: (record(u32(call.xid)), None),
}


class Behaviours:
    """The words of a line."""

    def __init__(self, line):
        self.words = dict(word.split("=", 1) for word in line.split())

    def of(self, service, transport, version=0):
        """The name of a behaviour, and its numbers or its text."""
        keys = ("%s/%s/%d" % (service, transport, version),
                "%s/%s" % (service, transport), service)
        for key in keys:
            if key in self.words:
                name, _, rest = self.words[key].partition(":")
                return name, [rest] if name == "uaddr" \
                    else [int(word) for word in rest.split(":") if word]
        return "good", []


class Listener:
    """A service of one server over one transport."""

    def __init__(self, host, service, transport, behaviours):
        self.host, self.service = host, service
        self.transport, self.behaviours = transport, behaviours
        self.name = behaviours.of(service, transport)[0]

    def open(self):
        server = socket.socket(
            socket.AF_INET6 if ":" in self.host else socket.AF_INET,
            KINDS[self.transport])
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind((self.host, PORTS[self.service]))
        if self.transport == "tcp":
            server.listen(64)
        return server

    def answer(self, message):
        """The bytes of the answer to a call, and what ends the stream."""
        call = Call(message, self.service, self.host)
        name, arguments = self.behaviours.of(self.service, self.transport,
                                             call.version)
        if name in STREAMS:
            return STREAMS[name](call, *arguments)
        reply = MESSAGES[name](call, *arguments)
        return (record(reply) if self.transport == "tcp" else reply), None


class Connection:
    def __init__(self, peer, listener):
        self.peer, self.listener, self.unread = peer, listener, b""

    def calls(self, data):
        """The calls that are complete with data."""
        self.unread += data
        while len(self.unread) >= 4:
            end = 4 + (struct.unpack(">I", self.unread[:4])[0] & ~LAST)
            if len(self.unread) < end:
                return
            yield self.unread[4:end]
            self.unread = self.unread[end:]

    def serve(self):
        """Answers what has come; gives how the connection ends now, or None."""
        try:
            data = self.peer.recv(65536)
            for message in self.calls(data):
                reply, how = self.listener.answer(message)
                self.peer.sendall(reply)
                if how:
                    return how
        except OSError:
            return "close"
        return None if data else "close"

    def end(self, how):
        if how == "reset":
            self.peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                                 struct.pack("ii", 1, 0))
        self.peer.close()


class Servers(threading.Thread):
    def __init__(self):
        super().__init__(daemon=True)
        self.selector = selectors.DefaultSelector()

    def add(self, host, line):
        """A server at host that does what line says."""
        behaviours = Behaviours(line)
        for service in PORTS:
            for transport in KINDS:
                listener = Listener(host, service, transport, behaviours)
                if listener.name != "refused":
                    self.selector.register(
                        listener.open(), selectors.EVENT_READ,
                        (self.accept if transport == "tcp"
                         else self.take_datagram, listener))

    def accept(self, server, listener):
        peer, _ = server.accept()
        if listener.name == "closeaccept":
            peer.close()
        else:
            self.selector.register(
                peer, selectors.EVENT_READ,
                (self.take_stream, Connection(peer, listener)))

    def take_stream(self, peer, connection):
        how = connection.serve()
        if how:
            self.selector.unregister(peer)
            connection.end(how)

    def take_datagram(self, server, listener):
        message, peer = server.recvfrom(65536)
        reply, _ = listener.answer(message)
        if reply:
            server.sendto(reply, peer)

    def run(self):
        while True:
            for key, _ in self.selector.select():
                ready, role = key.data
                ready(key.fileobj, role)
