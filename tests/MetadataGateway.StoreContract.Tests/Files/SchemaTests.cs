using MetadataGateway.EmbeddedStore;
using MetadataGateway.StoreContract.Tests.Hosting;

namespace MetadataGateway.StoreContract.Tests.Files;

/// <summary>A new file is one that MLMD could have made: compared with one that it has made.</summary>
[Trait("Category", "StoreContract")]
public sealed class SchemaTests
{
    private static string FileOfMlmd => Path.Combine(AppContext.BaseDirectory, "Fixtures", "mlmd-1.17.db");

    [Fact]
    public async Task Open_NewFile_HasTheTablesOfMlmd()
    {
        using var folder = new TemporaryFolder();

        var path = await NewFile(folder);

        Assert.Equal(Tables(FileOfMlmdIn(folder)), Tables(path));
    }

    [Fact]
    public async Task Open_NewFile_HasTheColumnsOfMlmd()
    {
        using var folder = new TemporaryFolder();
        const string Columns = """
            SELECT tables.name, columns.cid, columns.name, columns.type, columns."notnull", columns.dflt_value, columns.pk
            FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns
            WHERE tables.type = 'table' ORDER BY tables.name, columns.cid
            """;

        var path = await NewFile(folder);

        Assert.Equal(Database.Texts(FileOfMlmdIn(folder), Columns), Database.Texts(path, Columns));
    }

    [Fact]
    public async Task Open_NewFile_HasTheIndexesAndConstraintsOfMlmd()
    {
        using var folder = new TemporaryFolder();
        const string Indexes = """
            SELECT tables.name, indexes.name, indexes."unique", indexes.origin, indexes.partial, columns.seqno, columns.name
            FROM sqlite_master AS tables, pragma_index_list(tables.name) AS indexes, pragma_index_info(indexes.name) AS columns
            WHERE tables.type = 'table' ORDER BY tables.name, indexes.name, columns.seqno
            """;

        var path = await NewFile(folder);

        Assert.Equal(Database.Texts(FileOfMlmdIn(folder), Indexes), Database.Texts(path, Indexes));
    }

    [Fact]
    public async Task Open_NewFile_HoldsTheVersionAndTheSimpleTypesAlone()
    {
        using var folder = new TemporaryFolder();

        var path = await NewFile(folder);

        Assert.Equal(["10"], Database.Texts(path, "SELECT schema_version FROM MLMDEnv"));
        Assert.Equal(
            [
                "1|mlmd.Dataset|1", "2|mlmd.Model|1", "3|mlmd.Metrics|1", "4|mlmd.Statistics|1", "5|mlmd.Train|0",
                "6|mlmd.Transform|0", "7|mlmd.Process|0", "8|mlmd.Evaluate|0", "9|mlmd.Deploy|0",
            ],
            Database.Texts(path, "SELECT id, name, type_kind FROM Type WHERE version IS NULL AND description IS NULL AND external_id IS NULL ORDER BY id"));
        Assert.All(
            Tables(path).Except(["MLMDEnv", "Type", "sqlite_sequence"]),
            table => Assert.Equal(["0"], Database.Texts(path, $"SELECT count(*) FROM {table}")));
    }

    [Fact]
    public async Task Open_MissingDirectory_IsMade()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File(Path.Combine("a", "b", "metadata.db"));

        await using (EmbeddedMetadataStore.Open(new EmbeddedStoreOptions { DatabasePath = path }, TimeProvider.System))
        {
        }

        Assert.True(File.Exists(path));
    }

    private static async Task<string> NewFile(TemporaryFolder folder)
    {
        var path = folder.File("metadata.db");
        await EmbeddedMetadataStore.Open(new EmbeddedStoreOptions { DatabasePath = path }, TimeProvider.System).DisposeAsync();
        return path;
    }

    private static string FileOfMlmdIn(TemporaryFolder folder)
    {
        var path = folder.File("mlmd.db");
        File.Copy(FileOfMlmd, path);
        return path;
    }

    private static List<string> Tables(string path) => Database.Texts(path, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name");
}
