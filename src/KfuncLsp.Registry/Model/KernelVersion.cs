using System.Globalization;

namespace KfuncLsp.Registry;

/// <summary>A kernel release as users name it. <c>6.12</c> means the latest 6.12.y.</summary>
/// <remarks>Units: <see cref="Patch"/> is null where none was given.</remarks>
public readonly record struct KernelVersion(int Major, int Minor, int? Patch = null) : IComparable<KernelVersion>
{
    /// <summary>Reads <c>6.12</c>, <c>v6.12</c>, <c>6.12.117</c> or a release string such as <c>6.12.94+deb13-amd64</c>.</summary>
    /// <remarks>Errors: null where the text does not start with two numbers.</remarks>
    public static KernelVersion? Parse(string text)
    {
        var parts = text.TrimStart('v').Split('.', 3);
        if (parts.Length < 2 || !TryNumber(parts[0], out var major) || !TryNumber(parts[1], out var minor)) return null;
        return new(major, minor, parts.Length == 3 && TryNumber(parts[2], out var patch) ? patch : null);
    }

    private static bool TryNumber(string text, out int value)
    {
        var digits = text.AsSpan();
        var length = 0;
        while (length < digits.Length && char.IsAsciiDigit(digits[length])) length++;
        return int.TryParse(digits[..length], NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>The release without its patch level.</summary>
    public KernelVersion Series => new(Major, Minor);

    public int CompareTo(KernelVersion other) =>
        (Major, Minor, Patch ?? 0).CompareTo((other.Major, other.Minor, other.Patch ?? 0));

    public static bool operator <(KernelVersion left, KernelVersion right) => left.CompareTo(right) < 0;
    public static bool operator >(KernelVersion left, KernelVersion right) => left.CompareTo(right) > 0;
    public static bool operator <=(KernelVersion left, KernelVersion right) => left.CompareTo(right) <= 0;
    public static bool operator >=(KernelVersion left, KernelVersion right) => left.CompareTo(right) >= 0;

    public override string ToString() => Patch is { } patch ? $"{Major}.{Minor}.{patch}" : $"{Major}.{Minor}";
}
