namespace MetadataGateway.Tests.Hosting;

/// <summary>A folder of a test's own, gone after it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("metadata-gateway-");

    public string File(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>A copy of a file that came with the tests.</summary>
    public string CopyOf(string name)
    {
        var copy = File(Path.GetFileName(name));
        System.IO.File.Copy(Path.Combine(AppContext.BaseDirectory, name), copy);
        return copy;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
