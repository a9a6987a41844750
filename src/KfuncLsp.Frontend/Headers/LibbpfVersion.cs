using System.Globalization;
using KfuncLsp.Frontend.Parsing;

namespace KfuncLsp.Frontend.Headers;

/// <summary>Reads the release of installed libbpf headers.</summary>
internal static class LibbpfVersion
{
    /// <summary>From <c>libbpf_version.h</c> beside a header, such as <c>1.1</c>; null where it is not there.</summary>
    public static string? Of(string header)
    {
        var path = Path.Combine(Path.GetDirectoryName(header)!, "libbpf_version.h");
        try
        {
            if (!File.Exists(path)) return null;
            int? major = null, minor = null;
            foreach (var line in PlainFile.ReadText(path).Split('\n'))
            {
                if (line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is not ["#define", var name, var value, ..]) continue;
                if (!int.TryParse(value, CultureInfo.InvariantCulture, out var number)) continue;
                if (name == "LIBBPF_MAJOR_VERSION") major = number;
                if (name == "LIBBPF_MINOR_VERSION") minor = number;
            }

            return major is null || minor is null ? null : $"{major}.{minor}";
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
