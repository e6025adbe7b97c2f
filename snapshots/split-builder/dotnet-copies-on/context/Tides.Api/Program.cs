var builder = WebApplication.CreateBuilder(args);
builder.Services.AddDbContext<Harbours>(options => options.UseSqlite("Data Source=tides.db", sqlite => sqlite.MigrationsAssembly("Tides.Tables")));
builder.Build().Run();
