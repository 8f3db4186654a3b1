namespace MetadataGateway.Adoption;

internal static class AdoptionRegistration
{
    public static IServiceCollection AddAdoption(this IServiceCollection services)
    {
        services.AddOptions<AdoptionOptions>().BindConfiguration(AdoptionOptions.SectionName).ValidateOnStart();
        return services.AddSingleton<AdoptionState>().AddSingleton<RunAdopter>().AddSingleton<MemberAdopter>().AddSingleton<RecordAdoption>().AddSingleton<ChangedArtifacts>()
            .AddHostedService<BackgroundAdoption>();
    }
}
