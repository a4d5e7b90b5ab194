r"""Sends one RPC call and prints the bytes that come back.

    raw_rpc.py SECONDS tcp|udp ADDRESS PORT PROGRAM VERSION PROCEDURE FLAVOR \
        BYTES [ARGUMENT…]

The arguments of the call are numbers. Prints the first BYTES bytes of the
answer in hexadecimal, words apart by blanks, with the xid as "xid"; over UDP
first whether the datagram comes from where the call went. An answer that ends
sooner ends with "end". What does not come within SECONDS is "silence".
"""

import socket
import struct
import sys

XID = b"\x01\x23\x45\x67"


def call(program, version, procedure, flavor, arguments):
    words = [0, 2, program, version, procedure, flavor, 0, 0, 0, *arguments]
    return XID + struct.pack(">%dI" % len(words), *words)


def read_stream(seconds, address, message, count):
    stream = socket.create_connection(address, seconds)
    stream.sendall(struct.pack(">I", 0x80000000 | len(message)) + message)
    answer = b""
    while len(answer) < count:
        try:
            piece = stream.recv(count - len(answer))
        except TimeoutError:
            return answer, ["silence"]
        except ConnectionResetError:
            return answer, ["reset"]
        if not piece:
            return answer, ["end"]
        answer += piece
    return answer, []


def read_datagram(seconds, address, message, count):
    channel = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    channel.settimeout(seconds)
    channel.sendto(message, address)
    try:
        answer, sender = channel.recvfrom(65536)
    except TimeoutError:
        return b"", ["silence"]
    places = ["host" if sender[0] == address[0] else "other-host"]
    places.append("port" if sender[1] == address[1] else "other-port")
    print("/".join(places), end=" ")
    return answer[:count], ["end"] if len(answer) < count else []


def main(seconds, transport, host, port, *numbers):
    program, version, procedure, flavor, count, *arguments = map(int, numbers)
    message = call(program, version, procedure, flavor, arguments)
    read = read_stream if transport == "tcp" else read_datagram
    answer, rest = read(float(seconds), (host, int(port)), message, count)
    words = [answer[i : i + 4] for i in range(0, len(answer), 4)]
    print(*["xid" if word == XID else word.hex() for word in words], *rest)


main(*sys.argv[1:])
