using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Tides.Tables;

namespace Tides.Api
{
    public class Startup
    {
        private readonly CultureInfo culture;

        public Startup(IConfiguration configuration)
        {
            culture = CultureInfo.GetCultureInfo(configuration["Culture"]);
        }

        public void Configure(IApplicationBuilder app)
        {
            app.UseDefaultFiles();
            app.UseStaticFiles();
            app.UseRouting();
            app.UseEndpoints(endpoints =>
            {
                endpoints.MapGet("/highest", context =>
                {
                    var (day, metres) = Table.Highest();
                    return context.Response.WriteAsync($"{day}: {metres.ToString("0.00", culture)} m");
                });
            });
        }
    }
}
