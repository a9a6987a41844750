using System.Collections.Immutable;
using System.Text;
using KfuncLsp.Registry;
using KfuncLsp.Registry.Facts;

namespace KfuncLsp.Extraction.Images;

/// <summary>Looks up which message formats an image holds: they are text in its read-only data.</summary>
/// <remarks>Which function prints one is not in an image; that is taken from the nearest kernel that has the format.</remarks>
public static class ImageMessages
{
    /// <summary>The catalogue with the image's formats in it, in place of what it said of that series before.</summary>
    /// <remarks>Shape: of <paramref name="kernels"/> those stand for the image that were read in a tree and are nearest to it.</remarks>
    public static ImmutableArray<MessageFact> Update(ImmutableArray<MessageFact> messages, KernelImage image, ImmutableArray<RegistryFacts> kernels)
    {
        var kernel = KernelVersion.Parse(image.Release)!.Value;
        var nearest = RegistryFacts.Nearest(kernel, [.. kernels.Where(k => k.Image is null)]);
        var texts = image.Elf.Sections.Where(s => s.Name.StartsWith(".rodata", StringComparison.Ordinal)).Select(s => s.Content).ToArray();
        var series = nearest.Select(k => KernelVersion.Parse(k.Release)!.Value.Series.ToString()).ToArray();
        return [.. messages.Select(m => m with { Formats = [.. m.Formats.Select(f => f.PrintedIn(kernel, Functions(f)))] })];

        ImmutableArray<string> Functions(MessageFormatFact format)
        {
            var functions = series.Select(s => format.Where.FirstOrDefault(w => w.Series == s)).FirstOrDefault(w => w is not null)?.Functions ?? [];
            // libbpf is no part of a kernel: what it says is what the nearest one's says.
            var isKernels = functions.Length > 0 && !functions.All(f => f.StartsWith("bpf_object__", StringComparison.Ordinal) || f.StartsWith("bpf_program__", StringComparison.Ordinal));
            return !isKernels || Holds(format.Format) ? functions : [];
        }

        bool Holds(string format)
        {
            var bytes = Encoding.UTF8.GetBytes(format + "\0");
            return texts.Any(t => t.Span.IndexOf(bytes) >= 0);
        }
    }
}
