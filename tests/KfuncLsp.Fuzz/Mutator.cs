using System.Text;

namespace KfuncLsp.Fuzz;

/// <summary>Makes bad inputs of good ones: bytes, words and stretches are cut, doubled, moved, exchanged between inputs. The same seed makes the same inputs.</summary>
internal sealed class Mutator(int seed, IReadOnlyList<byte[]> good)
{
    private static readonly string[] s_words =
    [
        "0", "-1", "2147483648", "18446744073709551615", "{", "}", "(", ")", "[", "]", "\"", "'", "\\", ";", ",", "*", "&", "->", "#", "##", "/*", "//", "\0", "\n",
        "if", "else", "for", "while", "switch", "case", "default:", "goto", "return", "break", "sizeof", "struct", "union", "static", "__noinline", "asm volatile", "null", "true",
        "Content-Length: ", "\r\n\r\n", "\ud83d\ude00",
    ];

    private readonly Random _random = new(seed);
    private readonly List<byte[]> _inputs = [.. good];
    private readonly int _longest = 2 * good.Max(i => i.Length);

    /// <summary>Takes an input among those that others are made of, but for one that has grown too long: what is made of it would only grow further.</summary>
    public void Keep(byte[] input)
    {
        if (input.Length <= _longest) _inputs.Add(input);
    }

    /// <summary>The next input.</summary>
    public byte[] Next()
    {
        var bytes = Any().ToList();
        for (var i = _random.Next(1, 6); i > 0; i--) Change(bytes);
        return [.. bytes];
    }

    private byte[] Any() => _inputs[_random.Next(_inputs.Count)];

    private void Change(List<byte> bytes)
    {
        var at = _random.Next(bytes.Count + 1);
        var length = Math.Min(_random.Next(1, 1 << _random.Next(1, 10)), bytes.Count - at);
        switch (_random.Next(9))
        {
            case 0: bytes.RemoveRange(at, bytes.Count - at); break;
            case 1: bytes.RemoveRange(at, length); break;
            case 2: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
            case 3: bytes.InsertRange(at, Encoding.UTF8.GetBytes(s_words[_random.Next(s_words.Length)])); break;
            case 4 when at < bytes.Count: bytes[at] = (byte)_random.Next(256); break;
            case 5 when at < bytes.Count: bytes[at] ^= (byte)(1 << _random.Next(8)); break;
            case 6 when length > 0:
                var part = bytes.GetRange(at, length);
                bytes.RemoveRange(at, length);
                bytes.InsertRange(_random.Next(bytes.Count + 1), part);
                break;
            case 7:
                var other = Any();
                var from = _random.Next(other.Length + 1);
                bytes.InsertRange(at, other.AsSpan(from, Math.Min(other.Length - from, 1 << _random.Next(10))).ToArray());
                break;
            case 8 when bytes.Count >= 4:
                // A number of the file's own kind: a length, an offset, an id.
                BitConverter.TryWriteBytes(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bytes)[Math.Min(at, bytes.Count - 4)..], _random.Next(3) switch { 0 => -1, 1 => int.MaxValue, _ => _random.Next(64) });
                break;
        }
    }
}
