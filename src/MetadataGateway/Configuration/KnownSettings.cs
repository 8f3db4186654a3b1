using MetadataGateway.Adoption;
using MetadataGateway.EmbeddedStore;
using MetadataGateway.Http;
using MetadataGateway.Json;
using MetadataGateway.MetadataStore;

namespace MetadataGateway.Configuration;

/// <summary>The sections and keys that the gateway reads. Another key in one of them changes nothing, which a typo should not do silently.</summary>
internal static partial class KnownSettings
{
    private static readonly Dictionary<string, string[]> Sections = new(StringComparer.OrdinalIgnoreCase)
    {
        [MetadataStoreOptions.SectionName] = [.. KeysOf<MetadataStoreOptions>()],
        // Kestrel's own names follow there, for the certificate of an https address.
        [EmbeddedStoreOptions.SectionName] = [.. KeysOf<EmbeddedStoreOptions>(), "Kestrel"],
        [LimitsOptions.SectionName] = [.. KeysOf<LimitsOptions>()],
        [AdoptionOptions.SectionName] = [.. KeysOf<AdoptionOptions>()],
    };

    /// <summary>All keys, <c>Section:Name</c>.</summary>
    public static IEnumerable<string> Keys => Sections.SelectMany(section => section.Value.Select(name => $"{section.Key}:{name}"));

    public static bool NamesOne(string message) => Sections.Keys.Any(section => message.Contains($"{section}:", StringComparison.Ordinal));

    public static WebApplication WarnOfUnknownSettings(this WebApplication app)
    {
        foreach (var (key, meant) in FindUnknown(app.Configuration))
        {
            LogUnknown(app.Logger, key, meant is null ? "" : $"; did you mean {meant}?");
        }

        return app;
    }

    /// <summary>Keys that nothing reads, each with the one that was probably meant.</summary>
    internal static IEnumerable<(string Key, string? Meant)> FindUnknown(IConfiguration configuration)
    {
        foreach (var section in configuration.GetChildren())
        {
            if (!Sections.TryGetValue(section.Key, out var names))
            {
                // Everything in the environment is here, so another section is only told when it is nearly one of ours.
                if (section.GetChildren().Any() && NearestName.Find(section.Key, Sections.Keys) is { } meant)
                {
                    yield return (section.Path, meant);
                }

                continue;
            }

            foreach (var setting in section.GetChildren().Where(setting => !names.Contains(setting.Key, StringComparer.OrdinalIgnoreCase)))
            {
                yield return (setting.Path, NearestName.Find(setting.Key, names) is { } meant ? $"{section.Key}:{meant}" : null);
            }
        }
    }

    // IsEmbedded and the like are told from the others and cannot be set.
    private static IEnumerable<string> KeysOf<TOptions>() =>
        typeof(TOptions).GetProperties().Where(property => property.SetMethod is not null).Select(property => property.Name);

    [LoggerMessage(LogLevel.Warning, "There is no setting {Key}: it changes nothing{Hint}")]
    private static partial void LogUnknown(ILogger logger, string key, string hint);
}
