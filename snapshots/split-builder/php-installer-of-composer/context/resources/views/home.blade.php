<head>@vite(["resources/js/app.js"])</head>
