var app = WebApplication.CreateBuilder(args).Build();
app.MapGet("/", () => "letters");
app.Run();
