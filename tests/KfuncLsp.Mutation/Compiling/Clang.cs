using System.Diagnostics;

namespace KfuncLsp.Mutation.Compiling;

/// <summary>Compiles programs to BPF objects.</summary>
/// <remarks><paramref name="directory"/> is where the arguments' relative paths start.</remarks>
internal sealed class Clang(string program, string directory, IReadOnlyList<string> arguments)
{
    /// <summary>Compiles a text as if it stood in a folder of programs.</summary>
    /// <remarks>Errors: false where clang refuses it.</remarks>
    public async Task<bool> CompileAsync(string text, string folder, string output, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(program,
            [.. arguments, "-iquote", folder, "-w", "-Wno-error", "-x", "c", "-c", "-", "-o", output])
        {
            WorkingDirectory = directory, RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start");
        var errors = process.StandardError.ReadToEndAsync(cancel);
        var told = process.StandardOutput.ReadToEndAsync(cancel);
        await process.StandardInput.BaseStream.WriteAsync(System.Text.Encoding.Latin1.GetBytes(text), cancel);
        process.StandardInput.Close();
        await process.WaitForExitAsync(cancel);
        await errors;
        await told;
        return process.ExitCode == 0;
    }
}
